import { isLive, runStates, transitionReason } from '@moda/contracts';
import { lockSpace, type Store } from '@moda/service-kit/database';
import { and, asc, count, desc, eq, inArray, isNull, lt, notInArray, sql } from 'drizzle-orm';
import type { RunRecord } from './run-record.js';
import { lockRun, toRunRecord } from './run-rows.js';
import type { Claim, ClaimOfRun } from './run-store.js';
import { runs } from './schema/index.js';
import { changeState } from './state-changes.js';

const liveStates = runStates.filter(isLive);

/** Who counts the live runs is alone until its own one is among them. */
const queueLock = sql`${sql.raw(String(lockSpace))}, 3`;

export async function claimNext(
  store: Store,
  { worker, limits, reason }: Claim,
  at: Date,
): Promise<RunRecord | undefined> {
  await store.execute(sql`select pg_advisory_xact_lock(${queueLock})`);
  const live = await store
    .select({ user: runs.user, count: count() })
    .from(runs)
    .where(inArray(runs.state, liveStates))
    .groupBy(runs.user);
  if (live.reduce((sum, each) => sum + each.count, 0) >= limits.total || limits.perUser < 1) return undefined;
  const busy = live.filter((each) => each.count >= limits.perUser).map(({ user }) => user);
  const [run] = await store
    .select()
    .from(runs)
    .where(
      and(
        eq(runs.state, 'queued'),
        isNull(runs.cancelRequestedAt),
        busy.length > 0 ? notInArray(runs.user, busy) : undefined,
      ),
    )
    .orderBy(desc(runs.priority), asc(runs.number))
    .limit(1)
    // Somebody may be about to cancel the first one.
    .for('update', { skipLocked: true });
  if (run === undefined) return undefined;
  const change = {
    to: 'admitted',
    reason: reason ?? transitionReason('queued', 'admitted', { host: worker.host }),
    at,
  } as const;
  return changeState(store, run, change, { worker, attempt: run.attempt + 1 });
}

export async function claim(
  store: Store,
  id: string,
  { worker, reason }: ClaimOfRun,
  at: Date,
): Promise<RunRecord | undefined> {
  const run = await lockRun(store, id);
  if (run?.state !== 'queued' || run.cancelRequestedAt !== null) return undefined;
  return changeState(store, run, { to: 'admitted', reason, at }, { worker, attempt: run.attempt + 1 });
}

export async function beat(store: Store, id: string, token: string, at: Date): Promise<boolean> {
  const changed = await store
    .update(runs)
    .set({ heartbeatAt: sql`greatest(${runs.heartbeatAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(runs.id, id), eq(runs.workerToken, token)))
    .returning({ number: runs.number });
  return changed.length > 0;
}

export async function liveRuns(store: Store, silentSince?: Date): Promise<readonly RunRecord[]> {
  const silent =
    silentSince && lt(sql`coalesce(${runs.heartbeatAt}, ${runs.since})`, silentSince.toISOString());
  const rows = await store
    .select()
    .from(runs)
    .where(and(inArray(runs.state, liveStates), silent))
    .orderBy(asc(runs.number));
  return rows.map(toRunRecord);
}
