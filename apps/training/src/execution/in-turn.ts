import { isProblem, type Problem } from '../problem/problem.js';

export interface InTurnOptions {
  /** Questions that wait for their turn, at most. */
  readonly maxWaiting: number;
  /** Answers that are kept, the oldest given up first. */
  readonly maxRemembered: number;
  /** What is said to whoever comes behind so many. */
  readonly tooMany: (waiting: number) => Problem;
}

/** Questions that take a process of their own each. */
export interface InTurn<Answer extends object> {
  /** The answer to a question of this key: one that is known or under way, or that of the work, which is done when its turn has come. */
  ask(key: string, work: () => Promise<Answer | Problem>): Promise<Answer | Problem>;
}

/** Work that is done one at a time, so that pieces of it do not slow each other down, and once for each key. Problems are not remembered. */
export function inTurn<Answer extends object>({
  maxWaiting,
  maxRemembered,
  tooMany,
}: InTurnOptions): InTurn<Answer> {
  const known = new Map<string, Promise<Answer | Problem>>();
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const queued = (work: () => Promise<Answer | Problem>): Promise<Answer | Problem> => {
    waiting += 1;
    const outcome = last.then(work).finally(() => (waiting -= 1));
    last = outcome.catch(() => undefined);
    return outcome;
  };
  return {
    ask(key, work) {
      const earlier = known.get(key);
      if (earlier) return earlier;
      if (waiting >= maxWaiting) return Promise.resolve(tooMany(waiting));
      const outcome = queued(work);
      known.set(key, outcome);
      const oldest = known.size > maxRemembered ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      // What was wrong may be mended by the next time.
      const forget = (): boolean => known.delete(key);
      outcome.then((value) => isProblem(value) && forget(), forget);
      return outcome;
    },
  };
}
