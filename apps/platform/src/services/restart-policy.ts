/** So often in a minute a service may end by itself; after that something is wrong that a start does not mend. */
const mostInAMinute = 5;
const minuteMs = 60_000;
const firstDelayMs = 500;
const longestDelayMs = 8_000;

/** Decides when a service that has ended by itself is started again. */
export interface RestartPolicy {
  /** The wait before the next start (ms), or undefined where there is to be none. */
  afterEnd(): number | undefined;
}

/** @param now milliseconds */
export function restartPolicy(now: () => number): RestartPolicy {
  let ends: number[] = [];
  return {
    afterEnd() {
      const time = now();
      ends = [...ends.filter((end) => time - end < minuteMs), time];
      if (ends.length > mostInAMinute) return undefined;
      return Math.min(longestDelayMs, firstDelayMs * 2 ** (ends.length - 1));
    },
  };
}
