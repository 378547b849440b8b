import { ModaError } from '@moda/contracts';
import { createClient } from 'graphql-sse';
import { invalidAnswer, unreachable } from './gateway-error.js';
import { fetchStream, NoStream } from './watched-stream.js';

export interface StreamRequest {
  readonly address: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly question: { readonly query: string; readonly variables: object };
  readonly signal: AbortSignal;
}

/**
 * Results of one subscription as server-sent events, until its end. Does not try again by itself: whoever follows knows after which
 * event to go on.
 *
 * @throws ModaError GATEWAY_UNREACHABLE where it breaks, GATEWAY_ANSWER_INVALID, INTERRUPTED
 */
export async function* openStream(request: StreamRequest): AsyncGenerator<unknown, void, undefined> {
  const { address, url, headers, question, signal } = request;
  // The library tells of a failure by its words only.
  let failure: unknown;
  const client = createClient({
    url,
    headers: { ...headers },
    retryAttempts: 0,
    fetchFn: async (target: string, init: RequestInit) => {
      try {
        return await fetchStream(target, init);
      } catch (error) {
        failure = error;
        throw error;
      }
    },
  });
  const stop = (): void => client.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    for await (const result of client.iterate({
      query: question.query,
      variables: { ...question.variables },
    }))
      yield result;
    signal.throwIfAborted();
  } catch (error) {
    if (signal.aborted)
      throw new ModaError('INTERRUPTED', 'Interrupted before it was done; run the same command again.');
    if (!(failure instanceof NoStream)) throw unreachable(address, failure ?? error);
    // What is said in place of a stream is an answer like any other.
    const said = parsedJson(failure.text);
    if (said === undefined) throw noStream(address, failure);
    yield said;
  } finally {
    signal.removeEventListener('abort', stop);
    client.dispose();
  }
}

function noStream(address: string, { status }: NoStream): ModaError {
  // A proxy says so while the gateway behind it starts again.
  return status >= 500
    ? unreachable(address, new Error(`status ${status}`))
    : invalidAnswer(address, `it streams no events (status ${status})`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
