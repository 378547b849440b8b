import { createLogger } from '@moda/service-kit';
import { createTrustedDocuments } from '../documents/trusted-documents.js';
import { type Gateway, type GatewayOptions, startGateway } from '../http/start-gateway.js';
import { defaultQuestionLimits } from '../questions/limits.js';
import { gardenSupergraph, type GardenService } from './garden.js';

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
  readonly errors: readonly AnsweredError[];
}

export interface TestGateway extends Gateway {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  ask(query: string, more?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The results of a subscription over server-sent events; leaving the loop ends it. */
  listen(query: string, more?: object): AsyncGenerator<{ data?: unknown; errors?: readonly AnsweredError[] }>;
}

/** A gateway before services at the given addresses. */
export async function startTestGateway(
  urls: Readonly<Partial<Record<GardenService, string>>>,
  {
    timeoutMs = 2_000,
    silenceMs = 30_000,
    ...options
  }: Partial<GatewayOptions> & { timeoutMs?: number; silenceMs?: number } = {},
): Promise<TestGateway> {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    supergraphSdl: gardenSupergraph(),
    subgraphs: (['pots', 'herbs'] as const).map((name) => ({
      name,
      // Nothing listens at port 1.
      url: urls[name] ?? 'http://127.0.0.1:1',
      timeoutMs,
      silenceMs,
    })),
    rules: {
      limits: defaultQuestionLimits,
      trusted: createTrustedDocuments({ documents: new Map(), only: false }),
    },
    logger: createLogger({
      service: 'gateway',
      level: 'debug',
      destination: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    }),
    stopGraceMs: 500,
    ...options,
  });
  return { ...gateway, lines, ...clientOf(gateway.url) };
}

/** Asks a gateway as the browser does. */
export function clientOf(url: string): Pick<TestGateway, 'ask' | 'listen'> {
  return {
    async ask(query, more = {}, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, ...more }),
      });
      const { data, errors = [] } = (await response.json()) as Partial<Answer>;
      return { status: response.status, headers: response.headers, data, errors };
    },
    async *listen(query, more = {}) {
      const leaving = new AbortController();
      try {
        const response = await fetch(`${url}/graphql/stream`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
          body: JSON.stringify({ query, ...more }),
          signal: leaving.signal,
        });
        let text = '';
        for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
          text += piece;
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const [event, data] = block.split('\n');
            if (event === 'event: complete') return;
            if (event === 'event: next') yield JSON.parse(data!.slice('data: '.length));
          }
        }
      } finally {
        leaving.abort();
      }
    },
  };
}
