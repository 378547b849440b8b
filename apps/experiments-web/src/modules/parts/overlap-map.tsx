'use client';
import { formatShare, Segments, SelectField } from '@moda/ui';
import { useMemo } from 'react';
import type { ModulesUrl } from '../data/use-modules-url';
import { useWorkerAnswer } from '../data/use-worker-answer';
import { classOrder } from '../model/class-order';
import type { Matrix, ModulesAt, OpenedModel } from '../model/modules-at';
import type { ModuleWorker } from '../worker/module-worker';
import { HeatMap } from './lazy-charts';

export interface OverlapMapProps {
  readonly model: OpenedModel;
  readonly worker: ModuleWorker;
  readonly at: ModulesAt;
  readonly url: ModulesUrl;
  readonly onUrl: (change: Partial<ModulesUrl>) => void;
}

const measureLabels = {
  overlap: 'Of the model',
  jaccard: 'Jaccard',
} as const;
const orderLabels = { label: 'Label', size: 'Size', clustered: 'Alike together' } as const;

/** What any two modules have in common, in the whole model or in one layer. */
export function OverlapMap({ model, worker, at, url, onUrl }: OverlapMapProps) {
  const layer = model.layers.find(({ name }) => name === url.layer);
  const question = useMemo(() => (layer ? { tau: url.tau, layer: layer.name } : undefined), [layer, url.tau]);
  const ofLayer = useWorkerAnswer(worker, 'layer', question);
  const whole = layer === undefined;
  const matrix: Matrix | undefined = whole ? at[url.measure] : ofLayer?.[url.measure];
  const order = useMemo(() => classOrder(url.order, at), [url.order, at]);
  const names = order.map((index) => model.classes[index]?.name ?? String(index));
  const of = whole ? 'the parameters of the whole model' : `the units of layer ${layer.name}`;
  const what =
    url.measure === 'overlap'
      ? `Each number is what two modules have in common, as a share of ${of}. On the diagonal stands the module's own size.`
      : `Each number is what two modules have in common, as a share of what either has (Jaccard). It is not the overlap of the paper.`;
  return (
    <div className="m-stack">
      <div className="m-toolbar">
        <Segments
          label="Measure"
          value={url.measure}
          options={(['overlap', 'jaccard'] as const).map((value) => ({ value, label: measureLabels[value] }))}
          onChange={(measure) => onUrl({ measure })}
        />
        <Segments
          label="Order"
          value={url.order}
          options={(['label', 'size', 'clustered'] as const).map((value) => ({
            value,
            label: orderLabels[value],
          }))}
          onChange={(next) => onUrl({ order: next })}
        />
        <SelectField
          label="Where"
          value={layer?.name ?? ''}
          options={[
            { value: '', label: 'Whole model' },
            ...model.layers.map(({ name, units }) => ({ value: name, label: `${name} (${units} units)` })),
          ]}
          onChange={(next) => onUrl({ layer: next })}
        />
      </div>
      <p className="m-muted">{what}</p>
      <HeatMap
        title={whole ? 'Overlap of modules' : `Overlap of modules in ${layer.name}`}
        level={3}
        rows={names}
        columns={names}
        values={order.map((row) => order.map((column) => matrix?.[row]?.[column] ?? null))}
        format={(value) => formatShare(value, value >= 0.9995 ? 0 : 1)}
        scale={url.measure === 'overlap' ? 'count' : 'share'}
        rowLabel="Class"
        columnLabel="Class"
        onCell={(row, column) => {
          const [a, b] = [order[row], order[column]];
          if (a !== undefined && b !== undefined) onUrl({ class: a, with: a === b ? -1 : b });
        }}
      />
    </div>
  );
}
