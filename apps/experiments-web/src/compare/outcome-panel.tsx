'use client';
import {
  AppLink,
  DataTable,
  formatAccuracy,
  formatCount,
  formatNumber,
  formatSeconds,
  formatWithDeviation,
  Section,
  StateBadge,
  TableExport,
} from '@moda/ui';
import type { RunRowFragment } from '../graphql/generated/operations';
import { formatWholeSeconds } from '../runs/format-whole-seconds';
import { groupRuns } from '../runs/group-runs';
import type { MeanAndDeviation } from '../runs/mean-and-deviation';
import { runFacts, runLabel } from '../runs/run-facts';

/** What each run came to, and what runs with the same settings came to together. */
export function OutcomePanel({ runs }: { readonly runs: readonly RunRowFragment[] }) {
  const groups = groupRuns(runs).filter((group) => group.runs.length > 1);
  return (
    <>
      <Section
        title="Outcomes"
        actions={
          <TableExport
            name="outcomes"
            rows={runs}
            columns={[
              { name: 'Run', value: runLabel },
              { name: 'Id', value: ({ id }) => id },
              { name: 'State', value: ({ state }) => state },
              { name: 'Accuracy', value: (run) => runFacts(run).accuracy },
              { name: 'Cross-entropy', value: (run) => runFacts(run).crossEntropy },
              { name: 'Parameters', value: (run) => runFacts(run).parameters },
              { name: 'Time (s)', value: (run) => runFacts(run).seconds },
              { name: 'Device', value: ({ device }) => device },
            ]}
          />
        }
      >
        <DataTable
          caption="Outcomes of the compared runs"
          rows={runs}
          rowKey={({ id }) => id}
          isEmphasised={(run) => isBest(run, runs)}
          columns={[
            {
              key: 'run',
              header: 'Run',
              cell: (run) => <AppLink href={`/runs/${run.id}`}>{runLabel(run)}</AppLink>,
            },
            {
              key: 'state',
              header: 'State',
              cell: (run) => <StateBadge state={run.state} reason={run.reason} />,
            },
            {
              key: 'accuracy',
              header: 'Accuracy',
              align: 'end',
              cell: (run) => (
                <>
                  {formatAccuracy(runFacts(run).accuracy)}
                  {isBest(run, runs) && <span className="m-muted"> best</span>}
                </>
              ),
            },
            {
              key: 'crossEntropy',
              header: 'Cross-entropy',
              align: 'end',
              cell: (run) => formatNumber(runFacts(run).crossEntropy),
            },
            {
              key: 'parameters',
              header: 'Parameters',
              align: 'end',
              cell: (run) => formatCount(runFacts(run).parameters),
            },
            {
              key: 'seconds',
              header: 'Time',
              align: 'end',
              cell: (run) => formatSeconds(runFacts(run).seconds),
            },
            { key: 'device', header: 'Device', cell: ({ device }) => device ?? '–' },
          ]}
        />
      </Section>
      {groups.length > 0 && (
        <Section title="Over seeds" subtitle="Runs that differ in nothing but their seed: mean ± deviation.">
          <DataTable
            caption="Mean and deviation of runs with the same settings"
            rows={groups}
            rowKey={({ key }) => key}
            columns={[
              {
                key: 'runs',
                header: 'Runs',
                cell: (group) => group.runs.map(runLabel).join(', '),
              },
              {
                key: 'accuracy',
                header: 'Accuracy',
                align: 'end',
                cell: ({ accuracy }) => measured(accuracy, formatAccuracy),
              },
              {
                key: 'seconds',
                header: 'Time',
                align: 'end',
                cell: ({ seconds }) => measured(seconds, formatWholeSeconds),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}

function measured(of: MeanAndDeviation | undefined, format: (value: number) => string): string {
  return of === undefined ? '–' : formatWithDeviation(of.mean, of.deviation, of.n, format);
}

/** Whether no other run is more accurate; one run alone is not the best of anything. */
function isBest(run: RunRowFragment, runs: readonly RunRowFragment[]): boolean {
  const { accuracy } = runFacts(run);
  if (accuracy === null || runs.length < 2) return false;
  return runs.every((other) => (runFacts(other).accuracy ?? 0) <= accuracy);
}
