import type { ExecutionResult } from '@graphql-tools/utils';
import { errorOf, unavailable } from '../errors/subgraph-errors.js';
import { reasonOf } from '../subgraphs/failure-reason.js';
import { headersFor } from '../subgraphs/caller.js';
import { bodyOf } from '../subgraphs/request-body.js';
import type { Request, Subgraph } from '../subgraphs/subgraph.js';
import { createEventReader, type ServerSentEvent } from './server-sent-events.js';

export type Followed = AsyncIterableIterator<ExecutionResult, undefined>;

const ended: IteratorResult<ExecutionResult, undefined> = { done: true, value: undefined };

/**
 * The events of a service's subscription. Should the service go, one last event says so. An early `return` ends the subscription there at
 * once: this is no async generator, whose `return` would wait for the event at hand.
 */
export function followSubgraph(subgraph: Subgraph, request: Request): Followed {
  const { name, silenceMs, timeoutMs } = subgraph;
  const leaving = new AbortController();
  const reader = createEventReader();
  const arrived: ServerSentEvent[] = [];
  let body: Promise<Source> | undefined;
  let over = false;
  let failure: string | undefined;

  /** The next piece is read only when the last event was taken, so that a slow reader slows the service down. */
  const nextEvent = async (): Promise<ServerSentEvent> => {
    body ??= withinTime(timeoutMs, () => open(subgraph, request, leaving.signal));
    const pieces = await body;
    for (;;) {
      const event = arrived.shift();
      if (event !== undefined) return event;
      const { done, value } = await withinTime(silenceMs, () => pieces.read());
      if (done) throw new Error('The stream ended before its subscription.');
      arrived.push(...reader.read(value));
    }
  };

  const withinTime = async <T>(limitMs: number, work: () => Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      failure = `nothing within ${limitMs} ms`;
      leaving.abort();
    }, limitMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  };

  /** Asked each time: a caller can leave while something is waited for. */
  const hasLeft = (): boolean => over;

  const leave = (): typeof ended => {
    over = true;
    leaving.abort();
    return ended;
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over) return ended;
      try {
        const { event, data } = await nextEvent();
        if (event === 'complete') return leave();
        return { done: false, value: resultOf(name, data) };
      } catch (error) {
        // A caller who left hears nothing more.
        if (hasLeft()) return ended;
        leave();
        const reason = failure ?? (error instanceof Refusal ? error.message : reasonOf(error));
        return { done: false, value: { errors: [unavailable(name, reason)] } };
      }
    },
    return: async () => leave(),
    throw: async () => leave(),
  };
}

type Source = ReadableStreamDefaultReader<string>;

/** The service answered, but not with a stream. */
class Refusal extends Error {}

async function open({ url }: Subgraph, request: Request, signal: AbortSignal): Promise<Source> {
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: headersFor(request.context, 'text/event-stream'),
    body: bodyOf(request),
    signal,
  });
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || response.body === null || !type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    throw new Refusal(`status ${response.status} without a stream`);
  }
  return response.body.pipeThrough(new TextDecoderStream()).getReader();
}

function resultOf(name: string, text: string): ExecutionResult {
  const { data, errors } = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  return {
    ...(data !== undefined && { data }),
    ...(Array.isArray(errors) && { errors: errors.map((error: unknown) => errorOf(name, error)) }),
  };
}
