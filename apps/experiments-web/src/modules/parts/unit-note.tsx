'use client';
import { Badge, Button, DataTable, formatShare } from '@moda/ui';
import { useMemo } from 'react';
import type { ModulesUrl } from '../data/use-modules-url';
import { useWorkerAnswer } from '../data/use-worker-answer';
import { unitOf } from '../model/unit-place';
import type { OpenedModel } from '../model/modules-at';
import type { ModuleWorker } from '../worker/module-worker';

export interface UnitNoteProps {
  readonly model: OpenedModel;
  readonly worker: ModuleWorker;
  readonly tau: number;
  /** As the address has it. */
  readonly unit: string;
  readonly onUrl: (change: Partial<ModulesUrl>) => void;
}

/** The classes that use one unit. */
export function UnitNote({ model, worker, tau, unit, onUrl }: UnitNoteProps) {
  const place = unitOf(unit, model.layers);
  const [layer, number] = [place?.layer, place?.unit];
  const question = useMemo(
    () => (layer === undefined || number === undefined ? undefined : { tau, layer, unit: number }),
    [layer, number, tau],
  );
  const use = useWorkerAnswer(worker, 'unit', question);
  if (!use) return <p className="m-muted">Choose a unit in the map to see which classes use it.</p>;
  const kept = use.classes.filter((one) => one.kept).length;
  const nameOf = (index: number) => model.classes[index]?.name ?? String(index);
  const rows = [...use.classes].sort((a, b) => b.rate - a.rate);
  return (
    <section className="m-card" aria-live="polite">
      <div className="m-row">
        <h3>
          Unit {use.unit} of {use.layer}
        </h3>
        <span className="m-muted">
          kept by {kept} of {use.classes.length} modules
        </span>
        <Button small kind="quiet" onClick={() => onUrl({ unit: '' })}>
          Close
        </Button>
      </div>
      <DataTable
        caption={`Classes that use unit ${use.unit} of ${use.layer}`}
        rows={rows}
        rowKey={(row) => String(row.class)}
        columns={[
          { key: 'class', header: 'Class', cell: (row) => nameOf(row.class) },
          { key: 'rate', header: 'Active for', align: 'end', cell: (row) => formatShare(row.rate) },
          {
            key: 'kept',
            header: `Kept at ${tau.toFixed(2)}`,
            cell: (row) =>
              row.kept ? <Badge tone="good">kept</Badge> : <span className="m-muted">left out</span>,
          },
        ]}
      />
    </section>
  );
}
