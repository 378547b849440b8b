import { isLive, isTerminal, type RunState } from '@moda/contracts';
import type { Store } from '@moda/service-kit/database';
import { eq } from 'drizzle-orm';
import type { RunRecord } from './run-record.js';
import { type RunRow, toRunRecord } from './run-rows.js';
import type { RunChanges } from './run-store.js';
import { events, runs } from './schema/index.js';

export interface StateChange {
  readonly to: RunState;
  readonly reason: string;
  readonly at: Date;
}

/** The new state of a run that this transaction holds, and the event that tells it. */
export async function changeState(
  store: Store,
  run: RunRow,
  { to, reason, at }: StateChange,
  changes: RunChanges & { readonly attempt?: number } = {},
): Promise<RunRecord> {
  const sequence = run.lastSequence + 1;
  const { worker, device, outcome, error, cancelRequestedAt, attempt } = changes;
  const [row] = await store
    .update(runs)
    .set({
      state: to,
      reason,
      since: at,
      lastSequence: sequence,
      ...workerColumns(to, worker, at),
      ...(to === 'running' && run.startedAt === null && { startedAt: at }),
      ...(isTerminal(to) && { endedAt: at }),
      ...(isTerminal(to) ? { cancelRequestedAt: null } : { cancelRequestedAt }),
      ...(outcome && { outcome, accuracy: outcome.accuracy ?? null }),
      device,
      error,
      attempt,
    })
    .where(eq(runs.number, run.number))
    .returning();
  const body = { kind: 'state', from: run.state, to, reason } as const;
  await store.insert(events).values({ run: run.number, sequence, at, kind: 'state', body });
  return toRunRecord(row!);
}

/** Another reason for the state that a run is in already, and the event that tells it. */
export async function changeReason(store: Store, run: RunRow, reason: string, at: Date): Promise<void> {
  const sequence = run.lastSequence + 1;
  await store.update(runs).set({ reason, lastSequence: sequence }).where(eq(runs.number, run.number));
  const body = { kind: 'state', from: run.state, to: run.state, reason } as const;
  await store.insert(events).values({ run: run.number, sequence, at, kind: 'state', body });
}

function workerColumns(to: RunState, worker: RunChanges['worker'], at: Date) {
  if (!isLive(to)) return { workerPid: null, workerHost: null, workerToken: null, heartbeatAt: null };
  if (worker === undefined) return {};
  return {
    workerPid: worker.pid,
    workerHost: worker.host,
    workerToken: worker.token,
    heartbeatAt: at,
  };
}
