'use client';
import { GatewayError } from '@moda/gateway-client';
import { ErrorNote, LiveNote, ProgressBar, Skeleton, StateBadge } from '@moda/ui';
import { isOver, useFollowedRepair } from '../data/use-followed-repair';
import { repairOutcomeOf } from '../model/repair-outcome';
import { RepairReport } from './repair-report';

/** A repair from the queue to its verdict. */
export function RepairProgress({ id }: { readonly id: string }) {
  const { progress, live, result } = useFollowedRepair(id);
  const run = result.data?.run;
  const state = progress?.state ?? run?.state;
  if (result.error instanceof GatewayError)
    return (
      <ErrorNote
        code={result.error.code}
        message={result.error.message}
        traceId={result.error.traceId ?? null}
        onRetry={() => void result.refetch()}
      />
    );
  if (state === undefined) return result.isPending ? <Skeleton height={160} /> : <UnknownRun id={id} />;
  if (!isOver(state)) {
    const waits = progress?.waitReason ?? null;
    return (
      <div className="m-stack" role="status">
        <div className="m-row">
          <StateBadge state={state} reason={waits ?? progress?.reason ?? run?.reason ?? null} showReason />
          <LiveNote live={live ?? true} />
        </div>
        <ProgressBar share={progress?.progressShare ?? null} label="Repair" showLabel />
      </div>
    );
  }
  if (state !== 'succeeded')
    return (
      <ErrorNote
        code={run?.error?.code ?? 'RUN_NOT_SUCCEEDED'}
        message={
          run?.error?.message ?? `The repair was not done: ${progress?.reason ?? run?.reason ?? state}`
        }
      />
    );
  if (run?.state !== 'succeeded') return <Skeleton height={480} />;
  const outcome = repairOutcomeOf(run.result);
  if (!outcome)
    return (
      <ErrorNote
        code="RESULT_UNREADABLE"
        message={`Run ${id} has no result of a repair; choose the weak and the strong model and repair again.`}
      />
    );
  return <RepairReport run={run} outcome={outcome} />;
}

function UnknownRun({ id }: { readonly id: string }) {
  return (
    <ErrorNote code="RUN_UNKNOWN" message={`There is no run ${id}; choose the models and repair again.`} />
  );
}
