import type { RunRecord } from '../runs/run-record.js';

/** How many runs may be under way at the same time. */
export interface QueueLimits {
  /** Of all users. */
  readonly total: number;
  readonly perUser: number;
}

export interface Queue {
  readonly limits: QueueLimits;
  /** All that are under way. */
  readonly live: readonly Pick<RunRecord, 'user'>[];
  /** Runs that wait and have their turn before this one. */
  readonly ahead: number;
}

/** Why a run is still in the queue: sentences for a person. */
export function whyItWaits({ user }: Pick<RunRecord, 'user'>, { ahead, limits, live }: Queue): string {
  const own = live.filter((run) => run.user === user).length;
  if (own >= limits.perUser)
    return `It waits: ${are(own, `of ${user}`)} under way, and each user may have ${limits.perUser} at the same time.`;
  const before = ahead === 0 ? '' : `${are(ahead)} before it in the queue.`;
  if (live.length >= limits.total)
    return `It waits: ${are(live.length)} under way, and there is room for ${limits.total}. ${before}`.trimEnd();
  return before === '' ? 'It is the next to be started.' : `It waits: ${before}`;
}

/** `1 run is`, `2 runs of ada are`. */
function are(count: number, whose = ''): string {
  const verb = count === 1 ? 'is' : 'are';
  return [count, count === 1 ? 'run' : 'runs', whose, verb].filter((word) => word !== '').join(' ');
}
