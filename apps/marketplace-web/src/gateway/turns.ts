/** Does something once it is its turn. Rejects with the reason of `signal` where nobody wants it any more by then. */
export type Turns = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/**
 * Lets so many be under way at a time; the others wait in the order in which they came.
 *
 * @param most at least 1
 */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work, signal) => {
    if (underWay >= most)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    underWay += 1;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      underWay -= 1;
      waiting.shift()?.();
    }
  };
}
