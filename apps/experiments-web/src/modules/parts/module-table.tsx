'use client';
import {
  Badge,
  CopyText,
  DataTable,
  formatAccuracy,
  formatCount,
  formatShare,
  noNumber,
  type Sort,
  TableExport,
} from '@moda/ui';
import { useState } from 'react';
import type { ModuleFacts, ModulesAt, OpenedModel } from '../model/modules-at';
import { isModular, sortedModules } from '../model/sorted-modules';

export interface ModuleTableProps {
  readonly model: OpenedModel;
  readonly at: ModulesAt;
  readonly name: string;
}

/** One row a module: its size, its work, and what it has in common with others. */
export function ModuleTable({ model, at, name }: ModuleTableProps) {
  const [sort, setSort] = useState<Sort>({ key: 'class', descending: false });
  const rows = sortedModules(at.modules, sort);
  const classOf = (row: ModuleFacts) => model.classes[row.class];
  return (
    <div className="m-stack">
      <DataTable
        caption={`Modules at tau ${at.tau.toFixed(2)}`}
        rows={rows}
        rowKey={(row) => String(row.class)}
        sort={sort}
        onSort={setSort}
        columns={[
          {
            key: 'class',
            header: 'Class',
            sortKey: 'class',
            cell: (row) => (
              <span className="m-row">
                <span>{classOf(row)?.name ?? row.class}</span>
                {!isModular(row) && <Badge tone="warn">not modular</Badge>}
              </span>
            ),
          },
          {
            key: 'parameters',
            header: 'Parameters',
            align: 'end',
            sortKey: 'parameters',
            cell: (row) => formatCount(row.parameters),
          },
          {
            key: 'share',
            header: 'Size',
            unit: 'of the model',
            align: 'end',
            sortKey: 'share',
            cell: (row) => formatShare(row.share),
          },
          {
            key: 'flops',
            header: 'Multiply-adds',
            align: 'end',
            sortKey: 'flops',
            cell: (row) => formatCount(row.flops),
          },
          {
            key: 'flopsShare',
            header: 'FLOPs',
            unit: 'of the model',
            align: 'end',
            sortKey: 'flopsShare',
            cell: (row) => formatShare(row.flopsShare),
          },
          {
            key: 'overlap',
            header: 'Mean overlap',
            unit: 'of the model',
            align: 'end',
            sortKey: 'overlap',
            cell: (row) => formatShare(row.overlap),
          },
          {
            key: 'floorHits',
            header: 'Floor hits',
            unit: 'layers',
            align: 'end',
            sortKey: 'floorHits',
            cell: (row) => String(row.floorHits),
          },
          {
            key: 'accuracy',
            header: 'Accuracy',
            unit: 'whole model',
            align: 'end',
            cell: (row) => {
              const accuracy = classOf(row)?.accuracy;
              return accuracy === undefined ? noNumber : formatAccuracy(accuracy);
            },
          },
        ]}
      />
      <div className="m-row">
        <TableExport
          name={`${name}-modules-tau-${at.tau.toFixed(2)}`}
          rows={rows}
          align="start"
          columns={[
            { name: 'class', value: (row) => classOf(row)?.name ?? row.class },
            { name: 'parameters', value: (row) => row.parameters },
            { name: 'share', value: (row) => row.share },
            { name: 'flops', value: (row) => row.flops },
            { name: 'flops_share', value: (row) => row.flopsShare },
            { name: 'mean_overlap', value: (row) => row.overlap },
            { name: 'floor_hits', value: (row) => row.floorHits },
            { name: 'accuracy', value: (row) => classOf(row)?.accuracy ?? null },
          ]}
        />
        <span className="m-muted">A module of more than half of its model is marked: it saves little.</span>
      </div>
    </div>
  );
}

export interface ModuleCommandsProps {
  readonly runId: string;
  readonly tau: number;
}

/** The same on the command line. */
export function ModuleCommands({ runId, tau }: ModuleCommandsProps) {
  const short = runId.slice(0, 8);
  return (
    <div className="m-stack">
      <p className="m-muted">The same on the command line:</p>
      <CopyText text={`npx moda runs pull ${short} --out models/${short}`} />
      <CopyText text={`npx moda analyze --model models/${short} --tau ${tau}`} />
      <CopyText text={`npx moda runs decompose ${short} --tau ${tau}`} />
    </div>
  );
}
