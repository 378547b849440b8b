import { ModaError } from '@moda/contracts';
import { boundedQueue } from '@moda/service-kit';
import type { RunEvent } from '../runs/run-event.js';
import type { RunStore } from '../runs/run-store.js';
import { openFeed, type RunFeed } from './run-feed.js';
import { type RunWatch, watchRuns } from './watch-runs.js';

/** Events as they come; `return` ends the waiting for the next one. */
export type EventIterator<Item> = AsyncIterableIterator<Item, undefined>;

/** Lets many follow runs while the store is read once for all who are up to date. */
export interface RunHub {
  /** A run has something new in the store. */
  poke(runId: string): void;
  /** Every event of a run after a sequence number, each once, until the run is over. Unknown runs have none. */
  follow(runId: string, after: number): EventIterator<RunEvent>;
  /** The ids of runs that have changed, again and again; all of them at first. Changes that come fast are told once. */
  watch(runIds: readonly string[]): EventIterator<string>;
  close(): Promise<void>;
}

export interface HubOptions {
  readonly store: Pick<RunStore, 'events' | 'run'>;
  /** Events that wait for one subscriber at most. */
  readonly maxWaiting?: number;
  /** How often runs that somebody follows are looked at without a poke: another process may have written (ms). */
  readonly lookEveryMs?: number;
  readonly onFailure: (error: unknown) => void;
}

const pageSize = 500;

export function openRunHub({
  store,
  maxWaiting = 1_000,
  lookEveryMs = 2_000,
  onFailure,
}: HubOptions): RunHub {
  const feeds = new Map<string, RunFeed>();
  const watchers = new Set<RunWatch>();

  const poke = (runId: string): void => {
    feeds.get(runId)?.poke();
    for (const watcher of watchers) if (watcher.runIds.has(runId)) watcher.poke(runId);
  };
  const look = setInterval(() => {
    for (const feed of feeds.values()) feed.poke();
    for (const watcher of watchers) for (const runId of watcher.runIds) watcher.poke(runId);
  }, lookEveryMs);
  look.unref();

  const feedOf = (runId: string, position: number): RunFeed => {
    const known = feeds.get(runId);
    if (known) return known;
    const feed = openFeed({ store, runId, position, onIdle: () => feeds.delete(runId), onFailure });
    feeds.set(runId, feed);
    return feed;
  };

  const follow = (runId: string, after: number): EventIterator<RunEvent> => {
    let last = after;
    const queue = boundedQueue<RunEvent>(maxWaiting, () => tooSlow(runId, last));
    let left = false;

    /** What the store has up to a sequence number, or to its end. */
    async function* stored(upTo: number): AsyncGenerator<RunEvent> {
      while (!left && last < upTo) {
        const page = await store.events(runId, last, pageSize);
        for (const event of page) {
          last = event.sequence;
          yield event;
        }
        if (page.length < pageSize) return;
      }
    }
    async function* events(): AsyncGenerator<RunEvent, undefined> {
      // Old events at the pace of the subscriber; who is up to date joins the others.
      yield* stored(Number.POSITIVE_INFINITY);
      if (left) return undefined;
      const feed = feedOf(runId, last);
      feed.join(queue);
      try {
        yield* stored(feed.position);
        for (let event; (event = await queue.take());) {
          if (event.sequence <= last) continue;
          last = event.sequence;
          yield event;
        }
      } finally {
        feed.leave(queue);
      }
      return undefined;
    }

    const source = events();
    return iteratorOf(source, () => {
      left = true;
      queue.close();
    });
  };

  return {
    poke,
    follow,
    watch(runIds) {
      const watcher = watchRuns(runIds);
      watchers.add(watcher);
      return iteratorOf(watcher.source, () => {
        watchers.delete(watcher);
        watcher.close();
      });
    },
    async close() {
      clearInterval(look);
      await Promise.all([...feeds.values()].map((feed) => feed.close()));
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** A generator that waits for an event cannot be ended from outside; whatever it waits for is told first. */
function iteratorOf<Item>(source: AsyncGenerator<Item, undefined>, leave: () => void): EventIterator<Item> {
  const iterator: EventIterator<Item> = {
    next: () => source.next(),
    return() {
      leave();
      return source.return(undefined);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

function tooSlow(runId: string, after: number): ModaError {
  return new ModaError(
    'SUBSCRIBER_TOO_SLOW',
    `Events of run ${runId} come faster than they are read here; subscribe again after ${after}.`,
    { runId, after },
  );
}
