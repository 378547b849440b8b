'use client';
import { formatShare, SelectField } from '@moda/ui';
import { useMemo } from 'react';
import type { ModulesUrl } from '../data/use-modules-url';
import { useWorkerAnswer } from '../data/use-worker-answer';
import type { ClassMap as ClassMapAnswer, OpenedModel } from '../model/modules-at';
import type { ModuleWorker } from '../worker/module-worker';
import { UnitMap } from './lazy-charts';
import { UnitNote } from './unit-note';

export interface ClassMapProps {
  readonly model: OpenedModel;
  readonly worker: ModuleWorker;
  readonly url: ModulesUrl;
  readonly onUrl: (change: Partial<ModulesUrl>) => void;
}

/** Where a class lives: which units of which layer it uses, and which of them its module keeps; beside it another class. */
export function ClassMap({ model, worker, url, onUrl }: ClassMapProps) {
  const first = model.classes[url.class] ?? model.classes[0];
  const second = model.classes[url.with];
  const options = model.classes.map(({ index, name }) => ({ value: String(index), label: name }));
  return (
    <div className="m-stack">
      <div className="m-toolbar">
        <SelectField
          label="Class"
          value={String(first?.index ?? 0)}
          options={options}
          onChange={(value) => onUrl({ class: Number(value) })}
        />
        <SelectField
          label="Compare with"
          value={String(second?.index ?? -1)}
          options={[{ value: '-1', label: 'No other class' }, ...options]}
          onChange={(value) => onUrl({ with: Number(value) })}
        />
      </div>
      <div className={second ? 'm-grid m-grid--wide' : undefined}>
        {first && <OneMap model={model} worker={worker} index={first.index} tau={url.tau} onUrl={onUrl} />}
        {second && <OneMap model={model} worker={worker} index={second.index} tau={url.tau} onUrl={onUrl} />}
      </div>
      <UnitNote model={model} worker={worker} tau={url.tau} unit={url.unit} onUrl={onUrl} />
    </div>
  );
}

interface OneMapProps {
  readonly model: OpenedModel;
  readonly worker: ModuleWorker;
  readonly index: number;
  readonly tau: number;
  readonly onUrl: ClassMapProps['onUrl'];
}

function OneMap({ model, worker, index, tau, onUrl }: OneMapProps) {
  const question = useMemo(() => ({ tau, class: index }), [tau, index]);
  const answer = useMapOf(worker, question);
  const layers = useMemo(() => (answer ? layersOf(answer) : []), [answer]);
  return (
    <UnitMap
      title={`Units of class ${model.classes[index]?.name ?? index}`}
      level={3}
      layers={layers}
      format={(value) => formatShare(value)}
      onUnit={(layer, unit) => onUrl({ unit: `${layer}.${unit}` })}
    />
  );
}

/** Two maps ask side by side, and neither may take the place of the other's question. */
function useMapOf(worker: ModuleWorker, question: { readonly tau: number; readonly class: number }) {
  const own = useMemo(
    (): ModuleWorker => ({ ...worker, askLatest: (name, given) => worker.ask(name, given) }),
    [worker],
  );
  return useWorkerAnswer(own, 'classMap', question);
}

function layersOf({ layers }: ClassMapAnswer) {
  return layers.map(({ name, rates, kept, keptBy }) => ({
    name,
    units: rates.map((value, unit) => ({ value, kept: kept[unit] ?? false, of: keptBy[unit] ?? 0 })),
  }));
}
