/** What is needed to say how long a run will go on. */
interface RunningSince {
  readonly state: string;
  /** When it came into its state. */
  readonly since: string;
  readonly startedAt: string | null;
  /** 0..1. */
  readonly progressShare: number;
}

/** Too little is done to say anything below this share. */
const leastShare = 0.02;

/**
 * How long a running run will take from now on, if it goes on as it did (s). Undefined where that cannot be said.
 *
 * @param nowMs milliseconds since 1970; undefined where the time is not to be asked
 */
export function secondsLeft(run: RunningSince, nowMs: number | undefined): number | undefined {
  if (nowMs === undefined || run.state !== 'running' || run.startedAt === null) return undefined;
  if (run.progressShare < leastShare) return undefined;
  const elapsed = (nowMs - Date.parse(run.startedAt)) / 1000;
  if (!(elapsed > 0)) return undefined;
  const left = (elapsed * (1 - run.progressShare)) / run.progressShare;
  // Whole seconds: more would change faster than it can be read.
  return Math.max(1, Math.round(left));
}
