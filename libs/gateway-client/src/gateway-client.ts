import { createClient, NetworkError } from 'graphql-sse';
import { endsLoudly } from './ends-loudly.js';
import { GatewayError } from './gateway-error.js';
import type { Operation } from './operation.js';
import { readResult } from './read-result.js';

export interface GatewayClientOptions {
  /** Where queries and mutations go: `/api/graphql`, `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Where subscriptions go, as server-sent events. */
  readonly streamUrl: string;
  /** Asked anew for every request. */
  readonly headers?: () => Record<string, string>;
  /** An answer may take so long (ms). */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** What came back: parts of an answer may be missing, each with its reason. */
export interface Answer<Result> {
  readonly data: Result | undefined;
  readonly errors: readonly GatewayError[];
}

export interface GatewayClient {
  /** The whole answer. @throws GatewayError where any part of it is missing */
  ask<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Result>;
  /** As much of the answer as there is. @throws GatewayError where there is none */
  askPartly<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Answer<Result>>;
  /** The results of a subscription until it ends. `onConnected` hears that there is a connection, before the first result. @throws GatewayError where it breaks */
  follow<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
    onConnected?: () => void,
  ): AsyncGenerator<Result, void, undefined>;
}

const defaultTimeoutMs = 30_000;

export function createGatewayClient(options: GatewayClientOptions): GatewayClient {
  const { url, streamUrl, headers = () => ({}), timeoutMs = defaultTimeoutMs } = options;
  const fetchFn = options.fetch ?? ((...words: Parameters<typeof fetch>) => fetch(...words));

  async function askPartly<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Answer<Result>> {
    const limit = AbortSignal.timeout(timeoutMs);
    let body: unknown;
    try {
      const response = await fetchFn(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers() },
        body: JSON.stringify({ query: textOf(operation), variables }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      body = await response.json();
    } catch (error) {
      signal?.throwIfAborted();
      throw limit.aborted ? silent(timeoutMs) : unreachable(error);
    }
    const answer = readResult<Result>(body);
    if (answer.data === undefined && answer.errors[0] !== undefined) throw answer.errors[0];
    return answer;
  }

  return {
    askPartly,

    async ask(operation, variables, signal) {
      const { data, errors } = await askPartly(operation, variables, signal);
      if (errors[0] !== undefined) throw errors[0];
      if (data === undefined) throw new GatewayError('ANSWER_INVALID', 'The gateway answered with nothing.');
      return data;
    },

    async *follow<Result, Variables>(
      operation: Operation<Result, Variables>,
      variables: Variables,
      signal?: AbortSignal,
      onConnected: () => void = () => undefined,
    ) {
      const events = createClient({
        url: streamUrl,
        retryAttempts: 0,
        headers,
        fetchFn: async (...words: Parameters<typeof fetch>) => endsLoudly(await fetchFn(...words)),
        on: { connected: onConnected },
      });
      const results = events.iterate({
        query: textOf(operation),
        variables: variables as Record<string, unknown>,
      });
      const leave = (): void => void results.return?.(undefined);
      signal?.addEventListener('abort', leave, { once: true });
      try {
        while (signal?.aborted !== true) {
          const step = await results.next().catch(async (error: unknown) => {
            signal?.throwIfAborted();
            throw await whyNotFollowed(error);
          });
          if (step.done === true) return;
          const { data, errors } = readResult<Result>(step.value);
          if (errors[0] !== undefined) throw errors[0];
          if (data !== undefined) yield data;
        }
      } finally {
        signal?.removeEventListener('abort', leave);
        leave();
      }
    },
  };
}

/** A refusal says in its body why; anything else is a connection that broke. */
async function whyNotFollowed(error: unknown): Promise<GatewayError> {
  const response = error instanceof NetworkError ? (error.response as unknown) : undefined;
  if (!(response instanceof Response)) return unreachable(error);
  const body: unknown = await response.json().catch(() => undefined);
  try {
    return readResult(body).errors[0] ?? unreachable(error);
  } catch {
    return unreachable(error);
  }
}

/** As it stands in the list of trusted documents. */
function textOf(operation: { toString(): string }): string {
  return operation.toString().trim();
}

function unreachable(cause: unknown): GatewayError {
  const why = cause instanceof Error && cause.message !== '' ? ` (${cause.message.replace(/\.$/, '')})` : '';
  return new GatewayError(
    'GATEWAY_UNREACHABLE',
    `The gateway does not answer${why}; see that it runs, for example with \`npm start\`.`,
  );
}

function silent(timeoutMs: number): GatewayError {
  return new GatewayError(
    'GATEWAY_SILENT',
    `The gateway did not answer within ${timeoutMs / 1000} s; try again in a moment.`,
  );
}
