import { setTimeout as sleep } from 'node:timers/promises';

export interface RetryPolicy {
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** The longest wait before the second attempt (ms); it doubles from one to the next. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/** Half a minute in all, for a store that restarts. */
export const defaultRetryPolicy: RetryPolicy = { attempts: 7, firstDelayMs: 200, maxDelayMs: 10_000 };

/**
 * Does `work` again where it failed in a way that may pass. It must be harmless to do twice.
 * @param isTransient Whether an error may pass.
 * @throws The last error.
 */
export async function withRetries<T>(
  policy: RetryPolicy,
  isTransient: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (failures >= policy.attempts || !isTransient(error)) throw error;
      await backOff(policy, failures);
    }
  }
}

/** Waits a random part of the time that is due, so that those who failed together do not come back together. */
export async function backOff({ firstDelayMs, maxDelayMs }: RetryPolicy, failures: number): Promise<void> {
  await sleep(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1)));
}
