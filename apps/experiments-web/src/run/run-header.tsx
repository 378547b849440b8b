'use client';
import {
  AppLink,
  Badge,
  ErrorNote,
  formatSeconds,
  LiveNote,
  PageHeader,
  ProgressBar,
  StateBadge,
} from '@moda/ui';
import { isTerminal } from '@moda/contracts';
import { runFacts, runLabel } from '../runs/run-facts';
import { EditableText } from './editable-text';
import { RunActions } from './run-actions';
import { useFollowedRun } from './run-context';
import type { RunDetail } from './run-detail';
import { secondsLeft } from './seconds-left';
import { useNow } from './use-now';
import { useRunUpdate } from './use-run-update';

/** Which run this is, how it is, and what can be done with it. */
export function RunHeader() {
  const { run, live, error } = useFollowedRun();
  const update = useRunUpdate(run.id);
  const { what, network, dataset, method } = runFacts(run);
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Runs', href: '/' }, { label: runLabel(run) }]}
        title={
          <EditableText
            label="Name"
            value={run.name ?? ''}
            shown={runLabel(run)}
            onSave={(name) => update.mutateAsync({ name })}
          />
        }
        subtitle={
          <span className="m-run-subtitle">
            <AppLink href={`/?experiment=${encodeURIComponent(run.experimentName)}`}>
              {run.experimentName}
            </AppLink>
            <span>{[what, method, network, dataset].filter(Boolean).join(' · ')}</span>
            {run.archived && <Badge>archived</Badge>}
          </span>
        }
        actions={<RunActions run={run} />}
      />
      <div className="m-run-state">
        <StateBadge state={run.state} reason={reasonOf(run)} showReason />
        {!isTerminal(run.state) && <RunProgress run={run} />}
        {live !== undefined && <LiveNote live={live} />}
      </div>
      {run.error !== null && (
        <ErrorNote code={run.error.code} message={run.error.message} traceId={run.traceId} />
      )}
      {error !== undefined && <ErrorNote code={error.code} message={error.message} traceId={error.traceId} />}
    </>
  );
}

/** Why a run is in its state, with what it waits for. */
function reasonOf({ reason, waitReason, queuePosition, cancelRequestedAt, state }: RunDetail): string {
  const parts = [reason];
  if (waitReason !== null) parts.push(waitReason);
  if (queuePosition !== null)
    parts.push(queuePosition === 0 ? 'It is the next one.' : `${queuePosition} are started before it.`);
  if (cancelRequestedAt !== null && !isTerminal(state)) parts.push('It was asked to stop.');
  return parts.join(' ');
}

function RunProgress({ run }: { readonly run: RunDetail }) {
  const now = useNow(1_000);
  const left = secondsLeft(run, now);
  const { done, total, unit } = run.progress;
  return (
    <div className="m-run-progress">
      <ProgressBar share={total === 0 ? null : run.progressShare} label="Progress" />
      <span className="m-run-progress__text">
        {total === 0 ? 'No step yet' : `${unit} ${done} of ${total}`}
        {left !== undefined && `, about ${formatSeconds(left)} left`}
        {run.device !== null && ` on ${run.device}`}
      </span>
    </div>
  );
}
