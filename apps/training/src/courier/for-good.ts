import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: quick at first, for a service that is just started again; slow for one that is away for hours. */
const firstDelayMs = 250;
const longestDelayMs = 15_000;

/** The service is away, or says that it cannot answer now. */
export class ServiceAway extends Error {}

export interface ForGoodOptions {
  /** Aborted where waiting has become useless; its reason is thrown. */
  readonly signal: AbortSignal;
  /** Called at the first failure. */
  readonly onAway: (why: string) => void;
}

/** Does a step again and again for as long as the service is away. Each step has to be one that may be done twice. */
export async function forGood<T>(step: () => Promise<T>, { signal, onAway }: ForGoodOptions): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ServiceAway)) throw error;
      if (tries === 0) onAway(error.message);
    }
    await sleep(delayMs(tries), undefined, { signal }).catch(() => undefined);
  }
}

/** With chance in it, so that a thousand pods do not come back at the same moment. */
function delayMs(tries: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** tries) * (0.5 + Math.random() / 2);
}
