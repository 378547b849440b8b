import { randomUUID } from 'node:crypto';
import type { ReportedBody } from '../../run-event.js';
import type { RunRecord, RunWorker } from '../../run-record.js';
import type { RunRequest, RunStore } from '../../run-store.js';
import { sampleRequest } from '../sample-request.js';

/** As the store's clock says it, second after second. */
export interface RunStoreUnderTest {
  readonly store: RunStore;
  close(): Promise<void>;
}

/** More than all suites together have. */
export const manyRuns = { total: 1000, perUser: 1000 } as const;

export const newWorker = (): RunWorker => ({ pid: 4711, host: 'here', token: randomUUID() });

export async function submitted(store: RunStore, changes: Partial<RunRequest> = {}): Promise<RunRecord> {
  const outcome = await store.submit(sampleRequest(changes));
  if (outcome.kind !== 'submitted') throw new Error(`submitting gave ${outcome.kind}`);
  return outcome.run;
}

/** Submits a run before all others and claims it. */
export async function claimed(
  store: RunStore,
  changes: Partial<RunRequest> = {},
): Promise<{ readonly run: RunRecord; readonly token: string }> {
  const { id } = await submitted(store, { priority: 1_000_000, ...changes });
  const worker = newWorker();
  const run = await store.claimNext({ worker, limits: manyRuns });
  if (run?.id !== id) throw new Error(`claiming gave ${run?.id}`);
  return { run, token: worker.token };
}

/** Appends bodies as the next piece of a journal in which each is one byte long. */
export async function reported(
  store: RunStore,
  { run, token }: { readonly run: RunRecord; readonly token: string },
  bodies: readonly ReportedBody[],
) {
  const offset = await store.journalOffset(run.id, 'journal.ndjson');
  const from = { file: 'journal.ndjson', offset };
  return store.append(run.id, token, from, bodies, offset + bodies.length);
}

export const point = (step: number, values: Record<string, number>): ReportedBody => ({
  kind: 'metric',
  step,
  values,
});
