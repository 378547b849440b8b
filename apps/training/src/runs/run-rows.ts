import { type Store, withoutNulls } from '@moda/service-kit/database';
import { eq } from 'drizzle-orm';
import type { RunRecord } from './run-record.js';
import { runs } from './schema/index.js';

export type RunRow = typeof runs.$inferSelect;

export function toRunRecord(row: RunRow): RunRecord {
  const { workerPid, workerHost, workerToken, parentId, parentEpoch } = row;
  const present = withoutNulls(row);
  return {
    id: row.id,
    experiment: row.experiment,
    name: present.name,
    user: row.user,
    spec: row.spec,
    task: row.task,
    state: row.state,
    reason: row.reason,
    since: row.since,
    priority: row.priority,
    attempt: row.attempt,
    createdAt: row.createdAt,
    startedAt: present.startedAt,
    endedAt: present.endedAt,
    heartbeatAt: present.heartbeatAt,
    worker:
      workerPid === null || workerHost === null || workerToken === null
        ? undefined
        : { pid: workerPid, host: workerHost, token: workerToken },
    cancelRequestedAt: present.cancelRequestedAt,
    parent: parentId === null || parentEpoch === null ? undefined : { runId: parentId, epoch: parentEpoch },
    idempotencyKey: present.idempotencyKey,
    progress: { done: row.progressDone, total: row.progressTotal, unit: row.progressUnit },
    device: present.device,
    traceId: row.traceId,
    outcome: present.outcome,
    error: present.error,
    notes: present.notes,
    tags: row.tags,
    archived: row.archived,
    metricNames: row.metricNames,
    lastSequence: row.lastSequence,
  };
}

export async function findRun(store: Store, id: string): Promise<RunRecord | undefined> {
  const [row] = await store.select().from(runs).where(eq(runs.id, id));
  return row && toRunRecord(row);
}

/** Nobody else changes it, or adds an event to it, before this transaction has ended. */
export async function lockRun(store: Store, id: string): Promise<RunRow | undefined> {
  const [row] = await store.select().from(runs).where(eq(runs.id, id)).for('update');
  return row;
}
