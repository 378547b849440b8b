import { isTerminal, runStates } from '@moda/contracts';
import type { RunRecord } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store.js';

const pageSize = 100;
const unfinished = runStates.filter((state) => !isTerminal(state));

/** Every run that has not ended, the oldest first. */
export async function* unfinishedRuns(store: Pick<RunStore, 'runs'>): AsyncGenerator<RunRecord> {
  for await (const page of pages(store, unfinished, 'oldest')) yield* page;
}

/** Runs that wait and are not known yet: the newest first, and only as far back as there is one. */
export async function* newRuns(
  store: Pick<RunStore, 'runs'>,
  isKnown: (id: string) => boolean,
): AsyncGenerator<RunRecord> {
  for await (const page of pages(store, ['queued'], 'newest')) {
    const unknown = page.filter(({ id }) => !isKnown(id));
    yield* unknown;
    if (unknown.length === 0) return;
  }
}

async function* pages(
  store: Pick<RunStore, 'runs'>,
  states: readonly RunRecord['state'][],
  order: 'oldest' | 'newest',
): AsyncGenerator<readonly RunRecord[]> {
  for (let after: string | undefined; ;) {
    const page = await store.runs({ states, archived: 'any' }, order, {
      first: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    yield page.items.map(({ item }) => item);
    after = page.items.at(-1)?.cursor;
    if (!page.hasNext || after === undefined) return;
  }
}
