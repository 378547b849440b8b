/**
 * The states of a run, and every change between them:
 *
 *     queued -> admitted -> starting -> running <-> checkpointing -> succeeded | failed | cancelled
 *       ^          |            |          |              |
 *       +----------+------------+-- interrupted, preempted
 */
export const runStates = [
  'queued',
  'admitted',
  'starting',
  'running',
  'checkpointing',
  'preempted',
  'interrupted',
  'succeeded',
  'failed',
  'cancelled',
] as const;

export type RunState = (typeof runStates)[number];

/** A change that may happen, and why it does: one sentence, in which `{name}` stands for a fact of the case. */
export interface RunTransition {
  readonly from: RunState;
  readonly to: RunState;
  readonly reason: string;
}

/** Every way out of every state. A state without one is an end. */
const waysOut: Readonly<Record<RunState, Partial<Readonly<Record<RunState, string>>>>> = {
  queued: {
    admitted: 'It is its turn, and {host} has room for it.',
    failed: 'It could not be started: {error}',
    cancelled: 'Cancelled by {user} before it began.',
  },
  admitted: {
    starting: 'A worker is being started on {host}.',
    preempted: 'Its place was given to a run of higher priority ({run}).',
    interrupted: 'The service stopped before a worker was started.',
    failed: 'No worker could be started: {error}',
    cancelled: 'Cancelled by {user} before a worker was started.',
  },
  starting: {
    running: 'The worker has begun to train.',
    preempted: 'Its place was given to a run of higher priority ({run}).',
    interrupted: 'The worker ended before it had begun to train: {error}',
    failed: 'The worker refused the run: {error}',
    cancelled: 'Cancelled by {user}; the worker is gone.',
  },
  running: {
    checkpointing: 'It was asked to stop and writes a checkpoint.',
    succeeded: 'Training is done.',
    preempted: 'Its place was given to a run of higher priority ({run}).',
    interrupted: 'No sign of life from the worker for {seconds} seconds.',
    failed: 'Training failed: {error}',
    cancelled: 'Cancelled by {user}; the worker is gone.',
  },
  checkpointing: {
    running: 'The checkpoint of epoch {epoch} is written.',
    succeeded: 'Training is done.',
    preempted: 'Its place was given to a run of higher priority ({run}).',
    interrupted: 'The worker ended while it wrote a checkpoint; the one before it holds.',
    failed: 'The checkpoint could not be written: {error}',
    cancelled: 'Cancelled by {user}; its checkpoint is written and the worker is gone.',
  },
  preempted: {
    queued: 'It waits for a place and goes on from its checkpoint.',
    failed: 'It cannot go on: {error}',
    cancelled: 'Cancelled by {user} while it had no worker.',
  },
  interrupted: {
    queued: 'It goes on from its checkpoint.',
    failed: 'It cannot go on: {error}',
    cancelled: 'Cancelled by {user} while it had no worker.',
  },
  succeeded: {},
  failed: {},
  cancelled: {},
};

/** All changes that may happen. */
export const runTransitions: readonly RunTransition[] = runStates.flatMap((from) =>
  runStates.flatMap((to) => {
    const reason = waysOut[from][to];
    return reason === undefined ? [] : [{ from, to, reason }];
  }),
);

/** Whether a run in this state is over for good. */
export function isTerminal(state: RunState): boolean {
  return Object.keys(waysOut[state]).length === 0;
}

const liveStates: ReadonlySet<RunState> = new Set<RunState>([
  'admitted',
  'starting',
  'running',
  'checkpointing',
]);

/** Whether somebody is answerable for the run and has to give signs of life: from its admission on, until it is over or back. */
export function isLive(state: RunState): boolean {
  return liveStates.has(state);
}

export function canFollow(from: RunState, to: RunState): boolean {
  return waysOut[from][to] !== undefined;
}

/**
 * Why a run changes its state, in words. Facts that nobody gave are left as `an unnamed …`, so that a sentence is always one.
 *
 * @throws RangeError where `to` cannot follow `from`
 */
export function transitionReason(
  from: RunState,
  to: RunState,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  const reason = waysOut[from][to];
  if (reason === undefined) throw new RangeError(`A run that is ${from} cannot become ${to}.`);
  return reason.replace(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(facts, name) ? String(facts[name]) : `an unnamed ${name}`,
  );
}
