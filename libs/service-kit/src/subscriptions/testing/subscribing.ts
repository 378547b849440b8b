import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** A result as it arrives. */
export interface SubscriptionResult {
  readonly data?: Record<string, Record<string, unknown>>;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly details: unknown; readonly traceId: string };
  }[];
}

export interface SubscribeOptions {
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
}

/** Every result of a subscription to its end; throws where the connection ends without one. */
export type Subscribe = (
  url: string,
  query: string,
  options?: SubscribeOptions,
) => AsyncGenerator<SubscriptionResult, void, undefined>;

/** By POST, as a stream of events. */
export async function* overEventStream(
  url: string,
  query: string,
  { variables = {}, headers = {} }: SubscribeOptions = {},
): AsyncGenerator<SubscriptionResult, void, undefined> {
  const ended = new AbortController();
  try {
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query, variables }),
      signal: ended.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body as AsyncIterable<Uint8Array>) {
      const blocks = (text + decoder.decode(bytes, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block.startsWith('event: complete')) return;
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield JSON.parse(data) as SubscriptionResult;
      }
    }
    throw new Error('The stream ended without saying so.');
  } finally {
    ended.abort();
  }
}

export async function* overWebSocket(
  url: string,
  query: string,
  { variables = {}, headers = {} }: SubscribeOptions = {},
): AsyncGenerator<SubscriptionResult, void, undefined> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers });
      }
    },
    retryAttempts: 0,
  });
  try {
    for await (const result of client.iterate({ query, variables })) yield result as SubscriptionResult;
  } catch (error) {
    if (!Array.isArray(error)) throw error;
    yield { errors: error as NonNullable<SubscriptionResult['errors']> };
  } finally {
    await client.dispose();
  }
}
