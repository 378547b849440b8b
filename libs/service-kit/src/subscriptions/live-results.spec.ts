import { ModaError } from '@moda/contracts';
import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { traceOf } from '../trace/trace.js';
import { openSubscriptions } from './live-results.js';

/** Gives results until it is left, each when it is asked. */
function endless() {
  let left = false;
  const source = {
    [Symbol.asyncIterator]: () => source,
    next: async () =>
      left ? { done: true as const, value: undefined } : { done: false as const, value: { data: {} } },
    return: async () => {
      left = true;
      return { done: true as const, value: undefined };
    },
  };
  return { source: source as AsyncIterable<ExecutionResult>, hasBeenLeft: () => left };
}

/** Gives nothing, ever. */
const silent: AsyncIterable<ExecutionResult> = {
  [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
};

const follow = (results: AsyncIterable<ExecutionResult>) => {
  const open = openSubscriptions();
  const live = open.follow(results, traceOf(undefined), () => () => undefined);
  return { open, live };
};
const stopping = new ModaError('SERVICE_STOPPING', 'The service stops.');
const lastWord = { done: false, value: { errors: [{ message: 'The service stops.' }] } };
const over = { done: true, value: undefined };

describe('the last word of a subscription', () => {
  it('comes to who waits for a result', async () => {
    const { live, open } = follow(silent);
    const waiting = live.next();
    open.end(stopping);
    expect(await waiting).toMatchObject(lastWord);
    expect(await live.next()).toEqual(over);
  });

  it('waits for who has just taken a result and asks for the next one', async () => {
    const { source, hasBeenLeft } = endless();
    const { live, open } = follow(source);
    expect(await live.next()).toEqual({ done: false, value: { data: {} } });
    open.end(stopping);
    expect(await live.next()).toMatchObject(lastWord);
    expect(await live.next()).toEqual(over);
    expect(hasBeenLeft()).toBe(true);
    expect(open.count).toBe(0);
  });

  it('is the only one of a subscription that is opened too late', async () => {
    const open = openSubscriptions();
    open.end(stopping);
    const live = open.follow(endless().source, traceOf(undefined), () => () => undefined);
    expect(await live.next()).toMatchObject(lastWord);
    expect(await live.next()).toEqual(over);
  });

  it('does not come to who has left', async () => {
    const { live, open } = follow(endless().source);
    await live.next();
    await live.return(undefined);
    open.end(stopping);
    expect(await live.next()).toEqual(over);
  });
});
