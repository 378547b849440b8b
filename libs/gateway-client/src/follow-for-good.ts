import { GatewayError } from './gateway-error.js';

export interface FollowOptions<Item> {
  /** Begins to follow, or goes on behind what was last seen. Calls `onConnected` as soon as there is a connection: the first item may take long. */
  readonly begin: (onConnected: () => void) => AsyncIterable<Item>;
  readonly onItem: (item: Item) => void;
  /** `true` while it is told live, `false` with the reason while the connection is tried again. */
  readonly onLive: (live: boolean, reason?: GatewayError) => void;
  readonly signal: AbortSignal;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The first attempt comes soon, for a gateway that is restarted is back within seconds (ms). */
const shortestPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Follows through every break of the connection until the subscription is complete. Whoever begins says where to go on, so that nothing is
 * missed and nothing comes twice.
 *
 * @throws GatewayError that asking again would not mend
 */
export async function followForGood<Item>(options: FollowOptions<Item>): Promise<void> {
  const { begin, onItem, onLive, signal, sleep = pause } = options;
  let pauseMs = shortestPauseMs;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      const connected = (): void => {
        if (!isOver()) onLive(true);
      };
      for await (const item of begin(connected)) {
        if (isOver()) return;
        pauseMs = shortestPauseMs;
        onLive(true);
        onItem(item);
      }
      return;
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof GatewayError) || !error.isPassing) throw error;
      onLive(false, error);
      await sleep(pauseMs, signal);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
