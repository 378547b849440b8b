import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canFollow,
  isLive,
  isTerminal,
  type RunState,
  runStates,
  runTransitions,
  transitionReason,
} from './run-state.js';

/** States that a run can be in after any number of changes. */
function reachableFrom(start: RunState): ReadonlySet<RunState> {
  const reached = new Set<RunState>([start]);
  for (const state of reached) for (const next of waysOutOf(state)) reached.add(next);
  return reached;
}

function waysOutOf(state: RunState): readonly RunState[] {
  return runStates.filter((next) => canFollow(state, next));
}

const anyState = fc.constantFrom(...runStates);

describe('the states of a run', () => {
  it('are all reached from queued', () => {
    expect([...reachableFrom('queued')].sort()).toEqual([...runStates].sort());
  });

  it('end in succeeded, failed or cancelled, which nothing follows', () => {
    expect(runStates.filter(isTerminal)).toEqual(['succeeded', 'failed', 'cancelled']);
    for (const state of runStates.filter(isTerminal)) expect(waysOutOf(state)).toEqual([]);
  });

  it('lead to an end from everywhere', () => {
    for (const state of runStates) expect([...reachableFrom(state)].some(isTerminal)).toBe(true);
  });

  it('lead from preempted and interrupted back to the queue, or to the end of what never will go on', () => {
    for (const state of ['preempted', 'interrupted'] as const) {
      expect(waysOutOf(state)).toEqual(['queued', 'failed', 'cancelled']);
    }
  });

  it('succeed only out of a worker that trains', () => {
    expect(runStates.filter((state) => canFollow(state, 'succeeded'))).toEqual(['running', 'checkpointing']);
  });

  it('have somebody answerable between admission and end', () => {
    expect(runStates.filter(isLive)).toEqual(['admitted', 'starting', 'running', 'checkpointing']);
  });

  it('can be given up in every state that is not an end, and lose their worker in every live one', () => {
    for (const state of runStates) {
      expect(canFollow(state, 'cancelled')).toBe(!isTerminal(state));
      expect(canFollow(state, 'failed')).toBe(!isTerminal(state));
      expect(canFollow(state, 'interrupted')).toBe(isLive(state));
      expect(canFollow(state, 'preempted')).toBe(isLive(state));
    }
  });

  it('never follow themselves', () => {
    for (const state of runStates) expect(canFollow(state, state)).toBe(false);
  });

  it('become live by admission out of the queue alone', () => {
    const intoLife = runTransitions.filter(({ from, to }) => !isLive(from) && isLive(to));
    expect(intoLife.map(({ from, to }) => [from, to])).toEqual([['queued', 'admitted']]);
  });
});

describe('the reasons of changes', () => {
  it('are there for exactly the changes that may happen', () => {
    fc.assert(
      fc.property(anyState, anyState, (from, to) => {
        const listed = runTransitions.filter(
          (transition) => transition.from === from && transition.to === to,
        );
        expect(listed).toHaveLength(canFollow(from, to) ? 1 : 0);
        if (!canFollow(from, to)) expect(() => transitionReason(from, to)).toThrow(RangeError);
      }),
      { numRuns: 400 },
    );
  });

  it('quote their facts, whatever those are', () => {
    expect(transitionReason('running', 'cancelled', { user: 'ada' })).toBe(
      'Cancelled by ada; the worker is gone.',
    );
    expect(transitionReason('running', 'interrupted', { seconds: 31 })).toBe(
      'No sign of life from the worker for 31 seconds.',
    );
    expect(transitionReason('running', 'failed', { error: 'The loss $& {user} is NaN.' })).toBe(
      'Training failed: The loss $& {user} is NaN.',
    );
  });

  it('are sentences without a fact too', () => {
    for (const { from, to } of runTransitions) {
      expect(transitionReason(from, to)).toMatch(/^[A-Z][^{}]+$/);
    }
    expect(transitionReason('queued', 'cancelled')).toBe('Cancelled by an unnamed user before it began.');
  });
});
