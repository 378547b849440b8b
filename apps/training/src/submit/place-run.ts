import type { RunTask, TrainSpec } from '@moda/contracts';
import { type Problem, problem } from '../problem/problem.js';
import type { RunRecord } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store.js';
import type { Order, Submitted } from './orders.js';

/** Puts a run that was checked into the queue, once for each idempotency key. */
export async function placeRun(
  { store, wake }: { readonly store: Pick<RunStore, 'submit'>; readonly wake: () => void },
  order: Order,
  spec: TrainSpec,
  more: { readonly parent?: RunRecord['parent']; readonly task?: RunTask | undefined } = {},
): Promise<Submitted | Problem> {
  const outcome = await store.submit({ ...given({ ...order, ...more }), spec });
  if (outcome.kind === 'conflict')
    return problem(
      'IDEMPOTENCY_CONFLICT',
      `The idempotency key ${JSON.stringify(order.idempotencyKey)} belongs to run ${outcome.run.id}, which is another one; choose a new key for a new run.`,
      { details: { runId: outcome.run.id } },
    );
  wake();
  return outcome;
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** The fields that have a value. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
