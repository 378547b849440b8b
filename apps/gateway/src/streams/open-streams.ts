import { inTrace, type Trace } from '@moda/service-kit';
import { type ExecutionResult, GraphQLError } from 'graphql';

/** The subscriptions that are open here. */
export interface OpenStreams {
  readonly count: number;
  /** Watches over the results of one: they end with it, and it with them. */
  follow(results: AsyncIterable<ExecutionResult>, trace: Trace): AsyncGenerator<ExecutionResult, undefined>;
  /** Gives all of them, and those that still come, this as their last result. */
  end(reason: Error): void;
}

type Step = IteratorResult<ExecutionResult, undefined>;

const over: Step = { done: true, value: undefined };

export function createOpenStreams(): OpenStreams {
  const open = new Set<(reason: unknown) => void>();
  let ended: Error | undefined;
  return {
    get count() {
      return open.size;
    },
    follow(results, trace) {
      const { stream, fail } = watched(results, trace, () => open.delete(fail));
      open.add(fail);
      if (ended !== undefined) fail(ended);
      return stream;
    },
    end(reason) {
      ended = reason;
      for (const fail of [...open]) fail(reason);
    },
  };
}

function watched(results: AsyncIterable<ExecutionResult>, trace: Trace, onClosed: () => void) {
  const source = results[Symbol.asyncIterator]();
  let closed = false;
  let last: ExecutionResult | undefined;
  // The step that somebody waits for; a race with one promise for all steps would remember each of them.
  let settle: ((step: Step) => void) | undefined;

  const close = (): void => {
    if (closed) return;
    closed = true;
    onClosed();
    // The service behind ends it by itself; nobody here has to wait for that.
    inTrace(trace, () => source.return?.())?.catch(() => undefined);
  };
  const answer = (step: Step): void => {
    settle?.(step);
    settle = undefined;
  };
  const fail = (reason: unknown): void => {
    if (closed) return;
    close();
    const originalError = reason instanceof Error ? reason : new Error(String(reason));
    const error =
      reason instanceof GraphQLError ? reason : new GraphQLError(originalError.message, { originalError });
    const result = { errors: [error] };
    if (settle === undefined) last = result;
    else answer({ done: false, value: result });
  };
  const next = (): Promise<Step> => {
    if (closed) {
      const value = last;
      last = undefined;
      return Promise.resolve(value === undefined ? over : { done: false, value });
    }
    return new Promise<Step>((resolve) => {
      settle = resolve;
      inTrace(trace, () => source.next()).then((step: Step) => {
        if (closed) return;
        if (step.done === true) close();
        answer(step.done === true ? over : step);
      }, fail);
    });
  };
  const leave = async (): Promise<Step> => {
    close();
    last = undefined;
    answer(over);
    return over;
  };
  const stream: AsyncGenerator<ExecutionResult, undefined> = {
    next,
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await leave();
    },
  };
  return { stream, fail };
}
