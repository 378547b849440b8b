import { isTerminal, ModaError } from '@moda/contracts';
import type { GraphQLSchema } from 'graphql';
import type { RunEvent } from '../runs/run-event.js';
import type { RunRecord } from '../runs/run-record.js';
import { unknownRun } from '../submit/orders.js';
import type { Training } from './training.js';

const maxRuns = 100;

/** Connects the subscriptions of a schema with what happens. */
export function attachSources(schema: GraphQLSchema, { store, hub }: Pick<Training, 'store' | 'hub'>): void {
  const fields = schema.getSubscriptionType()?.getFields() ?? {};
  const sources: Readonly<Record<string, (args: never) => Promise<AsyncIterable<unknown>>>> = {
    runEvents: ({ id, after }: { id: string; after: number }) => follow(id, after),
    progress: ({ ids }: { ids: string[] }) => watch(ids),
  };
  for (const [name, field] of Object.entries(fields)) {
    const source = sources[name];
    if (!source) throw new Error(`The subscription ${name} has no source.`);
    field.subscribe = (_root, args) => source(args as never);
  }

  async function follow(id: string, after: number): Promise<AsyncIterable<RunEvent>> {
    if ((await store.run(id)) === undefined) throw refusal(id);
    return hub.follow(id, after);
  }

  async function watch(ids: readonly string[]): Promise<AsyncIterable<RunRecord>> {
    if (ids.length < 1 || ids.length > maxRuns)
      throw new ModaError('REQUEST_INVALID', `Watch 1 to ${maxRuns} runs at a time, not ${ids.length}.`);
    return changes(store, hub, ids);
  }
}

function changes(
  store: Pick<Training['store'], 'run'>,
  hub: Pick<Training['hub'], 'watch'>,
  ids: readonly string[],
): AsyncIterableIterator<RunRecord, undefined> {
  const changed = hub.watch(ids);
  const told = new Map<string, string>();
  const going = new Set(ids);
  const iterator: AsyncIterableIterator<RunRecord, undefined> = {
    async next() {
      while (going.size > 0) {
        const step = await changed.next();
        if (step.done === true) break;
        const run = await store.run(step.value);
        if (run === undefined || isTerminal(run.state)) going.delete(step.value);
        if (run === undefined) continue;
        const shown = JSON.stringify({ ...run, heartbeatAt: undefined });
        if (told.get(run.id) === shown) continue;
        told.set(run.id, shown);
        return { done: false, value: run };
      }
      await changed.return?.();
      return { done: true, value: undefined };
    },
    async return() {
      await changed.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

function refusal(id: string): ModaError {
  const { code, message } = unknownRun(id);
  return new ModaError(code, message);
}
