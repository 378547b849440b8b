import { setImmediate as turn } from 'node:timers/promises';
import type { ModaError } from '@moda/contracts';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Lifetime } from '../access/watch-identity.js';
import { inTrace, type Trace } from '../trace/trace.js';

/** Results as they come, until they are over or the service ends them. */
export type LiveResults = AsyncGenerator<ExecutionResult, undefined>;

/** The subscriptions that are open. */
export interface OpenSubscriptions {
  readonly count: number;
  /** Keeps watch over the results of one, for its lifetime; a failure becomes its last result, in the words of GraphQL. */
  follow(results: AsyncIterable<ExecutionResult>, trace: Trace, lifetime: Lifetime): LiveResults;
  /** Gives all of them, and those that still come, this reason as their last result. */
  end(reason: ModaError): void;
}

type Step = IteratorResult<ExecutionResult, undefined>;

/** After so many results everybody else has a turn: a source that always has more would let nobody hear that its subscriber left. */
const turnEvery = 20;

const over: Step = { done: true, value: undefined };

export function openSubscriptions(): OpenSubscriptions {
  const open = new Set<(reason: ModaError) => void>();
  let ended: ModaError | undefined;
  return {
    get count() {
      return open.size;
    },
    follow(results, trace, lifetime) {
      let stopWatching = (): void => undefined;
      const { live, fail } = watched(results, trace, () => {
        open.delete(fail);
        stopWatching();
      });
      open.add(fail);
      stopWatching = lifetime(fail);
      if (ended !== undefined) fail(ended);
      return live;
    },
    end(reason) {
      ended = reason;
      for (const fail of open) fail(reason);
    },
  };
}

function watched(
  results: AsyncIterable<ExecutionResult>,
  trace: Trace,
  onClosed: () => void,
): { readonly live: LiveResults; readonly fail: (reason: unknown) => void } {
  const source = results[Symbol.asyncIterator]();
  let failure: { readonly reason: unknown } | undefined;
  let closed = false;
  // The step that somebody waits for. One promise each: a race with a long-lived one would remember every step.
  let settle: ((step: Step) => void) | undefined;

  const close = (): void => {
    if (closed) return;
    closed = true;
    onClosed();
    // Whatever the source waits for ends by itself; nobody here has to wait for that.
    inTrace(trace, () => source.return?.())?.catch(() => undefined);
    settle?.(over);
  };
  const take = (): Step => {
    if (failure === undefined) return over;
    const { reason } = failure;
    close();
    return { done: false, value: { errors: [asGraphqlError(reason)] } };
  };
  const fail = (reason: unknown): void => {
    if (closed || failure !== undefined) return;
    failure = { reason };
    const waiting = settle;
    settle = undefined;
    waiting?.(take());
  };
  let given = 0;
  const next = async (): Promise<Step> => {
    if ((given += 1) % turnEvery === 0) await turn();
    if (closed || failure !== undefined) return closed ? over : take();
    return new Promise<Step>((resolve) => {
      settle = resolve;
      inTrace(trace, () => source.next()).then((step: Step) => {
        // Nobody waits any more: a failure that comes now is for the next one who asks.
        if (settle === resolve) settle = undefined;
        if (step.done === true) close();
        resolve(step.done === true ? over : step);
      }, fail);
    });
  };
  const end = async (): Promise<Step> => {
    close();
    return over;
  };
  const live: LiveResults = {
    next,
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => live,
    [Symbol.asyncDispose]: async () => close(),
  };
  return { live, fail };
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
