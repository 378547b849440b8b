import { isTerminal } from '@moda/contracts';
import type { BoundedQueue } from '@moda/service-kit';
import type { RunEvent } from '../runs/run-event.js';
import type { RunStore } from '../runs/run-store.js';

/** The end of one run's events, read once for all who follow it. */
export interface RunFeed {
  /** Sequence number of the last event that was handed out. */
  readonly position: number;
  /** There may be something new. */
  poke(): void;
  /** Everything after `position` goes to this queue too, which is closed when the run is over. */
  join(queue: BoundedQueue<RunEvent>): void;
  leave(queue: BoundedQueue<RunEvent>): void;
  close(): Promise<void>;
}

export interface FeedOptions {
  readonly store: Pick<RunStore, 'events' | 'run'>;
  readonly runId: string;
  readonly position: number;
  /** The last queue has left. */
  readonly onIdle: () => void;
  readonly onFailure: (error: unknown) => void;
}

const pageSize = 500;

export function openFeed({ store, runId, position: start, onIdle, onFailure }: FeedOptions): RunFeed {
  const queues = new Set<BoundedQueue<RunEvent>>();
  let position = start;
  let reading: Promise<void> | undefined;
  let pokedAgain = false;
  let mayBeOver = false;

  const hand = (event: RunEvent): void => {
    position = event.sequence;
    if (event.body.kind === 'state' && isTerminal(event.body.to)) mayBeOver = true;
    for (const queue of queues) if (!queue.push(event)) queues.delete(queue);
  };
  const readAll = async (): Promise<void> => {
    for (let page; (page = await store.events(runId, position, pageSize)).length > 0;) {
      for (const event of page) hand(event);
    }
    if (!mayBeOver) return;
    const run = await store.run(runId);
    if (run !== undefined && !(isTerminal(run.state) && run.lastSequence <= position)) return;
    for (const queue of queues) queue.close();
    queues.clear();
  };
  const read = async (): Promise<void> => {
    while (pokedAgain && queues.size > 0) {
      pokedAgain = false;
      try {
        await readAll();
      } catch (error) {
        onFailure(error);
        for (const queue of queues) queue.fail(error);
        queues.clear();
      }
    }
    reading = undefined;
    if (queues.size === 0) onIdle();
  };
  const poke = (): void => {
    pokedAgain = true;
    reading ??= read();
  };

  return {
    get position() {
      return position;
    },
    poke,
    join(queue) {
      queues.add(queue);
      // It may have ended before anybody looked.
      mayBeOver = true;
      poke();
    },
    leave(queue) {
      queues.delete(queue);
      if (queues.size === 0 && reading === undefined) onIdle();
    },
    async close() {
      for (const queue of queues) queue.close();
      queues.clear();
      await reading;
    },
  };
}
