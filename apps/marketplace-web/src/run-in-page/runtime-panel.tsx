'use client';

import type { BackendPreference } from '@moda/page-runtime';
import { backendTitles } from '@moda/page-runtime/backends';
import { DataTable, ErrorNote, formatSeconds, KeyValues, Section, Segments, Skeleton } from '@moda/ui';
import type { RuntimeFacts } from '../compose/workbench/workbench';
import type { TrialState } from './trial-state';
import { valueOf } from './trial-state';

const choices: readonly { readonly value: BackendPreference; readonly label: string }[] = [
  { value: 'auto', label: 'Quickest' },
  { value: 'wasm', label: backendTitles.wasm },
  { value: 'webgl', label: backendTitles.webgl },
  { value: 'cpu', label: backendTitles.cpu },
];

/** What computes here, why, and how quickly. */
export function RuntimePanel({
  state,
  onChoose,
}: {
  readonly state: TrialState;
  readonly onChoose: (prefer: BackendPreference) => void;
}) {
  const { runtime, prefer } = state;
  return (
    <Section title="What computes" subtitle="TensorFlow.js in a worker of this page.">
      <Segments label="Back end" value={prefer} onChange={onChoose} options={choices} />
      {runtime.kind === 'waiting' && <Skeleton lines={4} />}
      {runtime.kind === 'failed' && <ErrorNote {...runtime.failure} />}
      {runtime.kind === 'there' && <RuntimeShown facts={runtime.value} state={state} />}
    </Section>
  );
}

function RuntimeShown({ facts, state }: { facts: RuntimeFacts; state: TrialState }) {
  const latency = valueOf(state.latency);
  return (
    <div className="m-stack" role="status">
      <KeyValues
        items={[
          { name: 'Chosen', value: backendTitles[facts.backend] },
          { name: 'Device', value: facts.device },
          { name: 'First run', value: formatSeconds(facts.warmUpMs / 1000) },
          {
            name: 'One image',
            value:
              latency === undefined
                ? 'being measured'
                : `${formatSeconds(latency.medianMs / 1000)} (median of ${latency.runs} runs)`,
          },
        ]}
      />
      <p className="m-muted">{facts.why}</p>
      {facts.trials.length > 1 && (
        <DataTable
          caption="Back ends that were tried"
          columns={[
            { key: 'backend', header: 'Back end', cell: ({ backend }) => backendTitles[backend] },
            {
              key: 'median',
              header: 'One image',
              align: 'end',
              cell: (trial) =>
                'medianMs' in trial ? formatSeconds(trial.medianMs / 1000) : `none: ${trial.failure}`,
            },
          ]}
          rows={facts.trials}
          rowKey={({ backend }) => backend}
        />
      )}
    </div>
  );
}
