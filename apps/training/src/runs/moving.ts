import { canFollow, isLive, isTerminal, type RunState } from '@moda/contracts';
import type { Store } from '@moda/service-kit/database';
import { eq } from 'drizzle-orm';
import type { RunRecord } from './run-record.js';
import { lockRun, toRunRecord } from './run-rows.js';
import type { Annotations, CancelOutcome, MoveOutcome, RunChanges } from './run-store.js';
import { runs } from './schema/index.js';
import { changeReason, changeState, type StateChange } from './state-changes.js';

export async function move(
  store: Store,
  id: string,
  expected: RunState | readonly RunState[],
  change: StateChange,
  changes?: RunChanges,
): Promise<MoveOutcome> {
  const run = await lockRun(store, id);
  if (run === undefined || ![expected].flat().includes(run.state) || !canFollow(run.state, change.to))
    return { kind: 'refused', state: run?.state };
  return { kind: 'moved', run: await changeState(store, run, change, changes) };
}

export async function explain(
  store: Store,
  id: string,
  state: RunState,
  reason: string,
  at: Date,
): Promise<boolean> {
  const run = await lockRun(store, id);
  if (run?.state !== state) return false;
  if (run.reason !== reason) await changeReason(store, run, reason, at);
  return true;
}

export async function requestCancel(
  store: Store,
  id: string,
  reason: string,
  at: Date,
): Promise<CancelOutcome> {
  const run = await lockRun(store, id);
  if (run === undefined || isTerminal(run.state)) return { kind: 'refused', state: run?.state };
  if (!isLive(run.state))
    return { kind: 'cancelled', run: await changeState(store, run, { to: 'cancelled', reason, at }) };
  if (run.cancelRequestedAt !== null) return { kind: 'requested', run: toRunRecord(run) };
  const [row] = await store
    .update(runs)
    .set({ cancelRequestedAt: at })
    .where(eq(runs.number, run.number))
    .returning();
  return { kind: 'requested', run: toRunRecord(row!) };
}

export async function annotate(
  store: Store,
  id: string,
  { name, notes, tags, archived }: Annotations,
): Promise<RunRecord | undefined> {
  const run = await lockRun(store, id);
  if (run === undefined) return undefined;
  const [row] = await store
    .update(runs)
    // What is undefined stays; one column has to be there.
    .set({ name, notes, tags: tags && [...tags], archived: archived ?? run.archived })
    .where(eq(runs.number, run.number))
    .returning();
  return toRunRecord(row!);
}
