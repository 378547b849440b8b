'use client';
import { AppLink, DataTable, Section, StateBadge } from '@moda/ui';
import { runFacts, runLabel } from '../runs/run-facts';
import { useFollowedRun } from './run-context';

/** Where the run came from, what it can be forked from, and what was made of it. */
export function FamilyPanel() {
  const { run } = useFollowedRun();
  const forks = run.forks?.edges.map(({ node }) => node) ?? [];
  const checkpoints = run.checkpoints ?? [];
  if (run.parent === null && forks.length === 0 && checkpoints.length === 0) return null;
  return (
    <Section title="Forks and checkpoints">
      {run.parent !== null && (
        <p>
          Began with epoch {run.parentEpoch ?? 0} of{' '}
          <AppLink href={`/runs/${run.parent.id}`}>{runLabel(run.parent)}</AppLink>.
        </p>
      )}
      {forks.length > 0 && (
        <DataTable
          caption="Runs forked from this one"
          hideCaption={false}
          rows={forks}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'run',
              header: 'Run',
              cell: (fork) => <AppLink href={`/runs/${fork.id}`}>{runLabel(fork)}</AppLink>,
            },
            { key: 'what', header: 'What', cell: (fork) => runFacts(fork).what },
            {
              key: 'state',
              header: 'State',
              cell: (fork) => <StateBadge state={fork.state} reason={fork.reason} />,
            },
          ]}
        />
      )}
      {checkpoints.length > 0 && (
        <p className="m-muted">
          Checkpoints it keeps: {checkpoints.map(({ epoch }) => `epoch ${epoch}`).join(', ')}.
        </p>
      )}
    </Section>
  );
}
