import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, isModaError, isTerminal, ModaError } from '@moda/contracts';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { eventsSubscription, type EventPosition, type RunEvent } from './documents/run-events.js';
import { stateDocument } from './documents/show-run.js';

export interface FollowOptions extends EventPosition {
  readonly client: GatewayClient;
  readonly signal: AbortSignal;
  /** The connection is gone, and tried again. */
  readonly onBroken?: (error: ModaError) => void;
  readonly timings?: FollowTimings;
}

export interface FollowTimings {
  /** Before the first attempt to come back (ms); it doubles from one to the next. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** Without a single answer for so long it is given up (ms). */
  readonly patienceMs: number;
}

/** A machine that restarts is back within minutes. */
export const followTimings: FollowTimings = { firstDelayMs: 250, maxDelayMs: 5_000, patienceMs: 600_000 };

/** What passes by itself: somebody restarts, or is busy. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ACCESS_UNAVAILABLE',
  'GATEWAY_UNREACHABLE',
  'SERVICE_NOT_READY',
  'SERVICE_STOPPING',
  'SUBGRAPH_UNAVAILABLE',
  'SUBSCRIBER_TOO_SLOW',
  'UNEXPECTED',
]);

/**
 * The events of a run after a sequence number, each once and in order, until the run is over: connections that break are opened again
 * after the last event that came.
 *
 * @throws ModaError what does not pass by itself, GATEWAY_UNREACHABLE when patience is at its end, INTERRUPTED
 */
export async function* followEvents(options: FollowOptions): AsyncGenerator<RunEvent, void, undefined> {
  const { client, id, signal, onBroken, timings = followTimings } = options;
  let position = options.after;
  let failingSince: number | undefined;
  let delayMs = timings.firstDelayMs;
  for (;;) {
    try {
      for await (const { runEvents: event } of client.follow(eventsSubscription, { id, after: position })) {
        failingSince = undefined;
        delayMs = timings.firstDelayMs;
        if (event.sequence <= position) continue;
        position = event.sequence;
        yield event;
      }
      if (await isOver(client, id, position)) return;
      failingSince = undefined;
    } catch (error) {
      if (!isModaError(error)) throw error;
      // A token that expired on the way is renewed when the next connection is opened, where that is possible.
      const renewable = error.code === 'TOKEN_EXPIRED' && failingSince === undefined;
      if (!passing.has(error.code) && !renewable) throw error;
      failingSince ??= Date.now();
      if (Date.now() - failingSince >= timings.patienceMs) throw error;
      onBroken?.(error);
    }
    await sleep(delayMs, undefined, { signal }).catch(() => {
      throw new ModaError('INTERRUPTED', 'Interrupted before it was done; run the same command again.');
    });
    delayMs = Math.min(timings.maxDelayMs, 2 * delayMs);
  }
}

/** Whether nothing more can come: the end of a connection alone does not say so. */
async function isOver(client: GatewayClient, id: string, position: number): Promise<boolean> {
  const { run } = await client.ask(stateDocument, { id });
  return run === null || (isTerminal(run.state) && run.lastSequence <= position);
}
