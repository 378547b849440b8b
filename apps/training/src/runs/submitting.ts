import { isDeepStrictEqual } from 'node:util';
import { trainTask } from '@moda/contracts';
import type { Store } from '@moda/service-kit/database';
import { and, eq } from 'drizzle-orm';
import { toRunRecord } from './run-rows.js';
import type { RunRequest, SubmitOutcome } from './run-store.js';
import { events, runs } from './schema/index.js';

export async function submit(
  store: Store,
  request: RunRequest,
  { id, at }: { readonly id: string; readonly at: Date },
): Promise<SubmitOutcome> {
  const reason = `Submitted by ${request.user}.`;
  const [row] = await store
    .insert(runs)
    .values({
      id,
      experiment: request.experiment,
      name: request.name,
      user: request.user,
      spec: request.spec,
      task: request.task ?? trainTask,
      state: 'queued',
      reason,
      since: at,
      priority: request.priority ?? 0,
      createdAt: at,
      parentId: request.parent?.runId,
      parentEpoch: request.parent?.epoch,
      idempotencyKey: request.idempotencyKey,
      traceId: request.traceId,
      tags: [...(request.tags ?? [])],
      notes: request.notes,
      lastSequence: 1,
    })
    // Where another transaction uses the key at this moment, this waits for its end.
    .onConflictDoNothing({ target: [runs.user, runs.idempotencyKey] })
    .returning();
  if (row === undefined) return earlier(store, request);
  const body = { kind: 'state', to: 'queued', reason } as const;
  await store.insert(events).values({ run: row.number, sequence: 1, at, kind: 'state', body });
  return { kind: 'submitted', run: toRunRecord(row) };
}

async function earlier(store: Store, request: RunRequest): Promise<SubmitOutcome> {
  const { user, idempotencyKey = '' } = request;
  const [row] = await store
    .select()
    .from(runs)
    .where(and(eq(runs.user, user), eq(runs.idempotencyKey, idempotencyKey)));
  const run = toRunRecord(row!);
  return { kind: isDeepStrictEqual(essence(run), essence(request)) ? 'again' : 'conflict', run };
}

/** What makes two requests the same, as it comes back from the database. */
function essence({
  experiment,
  spec,
  task = trainTask,
  parent,
}: Pick<RunRequest, 'experiment' | 'spec' | 'task' | 'parent'>): unknown {
  return JSON.parse(JSON.stringify({ experiment, spec, task, parent }));
}
