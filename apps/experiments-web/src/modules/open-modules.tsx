'use client';
import { ErrorNote, Section, Skeleton } from '@moda/ui';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { DerivedRun } from './data/derived-runs';
import type { ModelFiles } from './data/model-files';
import { useMeasuredRows } from './data/use-measured-rows';
import { type ModulesUrl, useModulesUrl } from './data/use-modules-url';
import { useOpenedModel } from './data/use-opened-model';
import { useSizeCurve, useWorkerAnswer } from './data/use-worker-answer';
import type { ModulesAt, OpenedModel } from './model/modules-at';
import type { MeasuredAt } from './model/sweep-rows';
import { AccuracyPanel } from './parts/accuracy-panel';
import { ClassMap } from './parts/class-map';
import { FloorNote } from './parts/floor-note';
import { ModuleCommands, ModuleTable } from './parts/module-table';
import { OverlapMap } from './parts/overlap-map';
import { SizeCurve } from './parts/size-curve';
import { ThresholdBar } from './parts/threshold-bar';
import type { ModuleWorker } from './worker/module-worker';

export interface OpenModulesProps {
  /** The run whose model it is. */
  readonly runId: string;
  readonly files: ModelFiles;
  /** Runs that were made of it. */
  readonly derived: readonly DerivedRun[];
}

/** Everything about the modules of one model, at the threshold that the slider says. */
export function OpenModules({ runId, files, derived }: OpenModulesProps) {
  const [attempt, setAttempt] = useState(0);
  const state = useOpenedModel(files, attempt);
  const [url, setUrl] = useModulesUrl();
  if (state.kind === 'failed')
    return (
      <ErrorNote
        code={state.error.code}
        message={state.error.message}
        onRetry={() => setAttempt((before) => before + 1)}
      />
    );
  if (state.kind === 'opening')
    return (
      <div className="m-stack" aria-busy="true">
        <ThresholdBar tau={url.tau} onTau={() => undefined} model={undefined} at={undefined} />
        <Skeleton height={400} />
        <Skeleton height={480} />
      </div>
    );
  const { model, worker } = state;
  return <Panels {...{ runId, derived, model, worker, url }} onUrl={setUrl} />;
}

interface PanelsProps {
  readonly runId: string;
  readonly derived: readonly DerivedRun[];
  readonly model: OpenedModel;
  readonly worker: ModuleWorker;
  readonly url: ModulesUrl;
  readonly onUrl: (change: Partial<ModulesUrl>) => void;
}

/** The slider and its numbers follow the hand at once; tables and charts follow when there is time. */
function Panels(props: PanelsProps) {
  const { model, worker, url, onUrl } = props;
  const { tau } = url;
  const question = useMemo(() => ({ tau }), [tau]);
  const at = useWorkerAnswer(worker, 'at', question);
  const onTau = useCallback((next: number) => onUrl({ tau: next }), [onUrl]);
  return (
    <div className="m-stack m-analysis">
      <ThresholdBar tau={tau} onTau={onTau} model={model} at={at} />
      <Details {...props} url={useDeferredValue(url)} at={useDeferredValue(at)} onTau={onTau} />
    </div>
  );
}

interface DetailsProps extends PanelsProps {
  readonly at: ModulesAt | undefined;
  readonly onTau: (tau: number) => void;
}

const Details = memo(function Details(props: DetailsProps) {
  const { runId, derived, model, worker, url, onUrl, at, onTau } = props;
  const { tau } = url;
  const { rows, devices } = useMeasuredRows(derived);
  return (
    <>
      <Section title="Size, work and accuracy" subtitle={howMeasured(model)}>
        <div className="m-grid m-grid--wide">
          <CurvePanel worker={worker} tau={tau} classes={model.classes.length} measured={rows} />
          <AccuracyPanel {...{ runId, derived, rows, devices, tau, onTau }} classes={model.classes.length} />
        </div>
      </Section>
      <Section
        title="Modules"
        subtitle={`${model.classes.length} modules of ${model.name} at tau ${tau.toFixed(2)}`}
      >
        {at ? <ModuleTableOf at={at} model={model} /> : <Skeleton height={420} />}
        <ModuleCommands runId={runId} tau={tau} />
      </Section>
      <Section title="What modules have in common" id="overlap">
        {at ? <OverlapMap {...{ model, worker, at, url, onUrl }} /> : <Skeleton height={520} />}
      </Section>
      <Section
        title="Where a class lives"
        id="class"
        subtitle="Each unit of each layer by how often it is active for images of the class; kept units are marked."
      >
        <ClassMap model={model} worker={worker} url={url} onUrl={onUrl} />
      </Section>
    </>
  );
});

interface CurvePanelProps {
  readonly worker: ModuleWorker;
  readonly tau: number;
  readonly classes: number;
  readonly measured: readonly MeasuredAt[];
}

function CurvePanel({ worker, tau, classes, measured }: CurvePanelProps) {
  return <SizeCurve sizes={useSizeCurve(worker, classes)} measured={measured} tau={tau} />;
}

function ModuleTableOf({ at, model }: { readonly at: ModulesAt; readonly model: OpenedModel }) {
  return (
    <>
      <ModuleTable at={at} model={model} name={model.name} />
      <FloorNote at={at} model={model} />
    </>
  );
}

function howMeasured({ classes, layers, dataset }: OpenedModel): string {
  const images = classes.reduce((sum, { samples }) => sum + samples, 0);
  const units = layers.reduce((sum, layer) => sum + layer.units, 0);
  return `From the activation rates of ${units} units in ${layers.length} layers, counted on ${images} training images${dataset === undefined ? '' : ` of ${dataset}`}.`;
}
