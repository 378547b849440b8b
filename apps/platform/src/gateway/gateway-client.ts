import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { createClient } from 'graphql-sse';
import { z } from 'zod';

export type Variables = Readonly<Record<string, unknown>>;

export interface GatewayClientOptions {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  /** For who asks, where the services want to know. */
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  /** A service that is away is asked again for so long (ms); a minute if left out. */
  readonly patienceMs?: number;
}

/** Asks the gateway; every request here may be sent twice, and is when a service was away. */
export interface GatewayClient {
  /** @throws ModaError EXPERIMENT_FAILED, UNAUTHENTICATED, FORBIDDEN */
  ask<T>(question: string, variables: Variables, answer: z.ZodType<T>): Promise<T>;
  /** The results of a subscription; throws where the connection breaks. */
  follow<T>(question: string, variables: Variables, result: z.ZodType<T>): AsyncGenerator<T, void, undefined>;
  readonly token: string | undefined;
}

const defaultPatienceMs = 60_000;
const againAfterMs = 500;
const timeoutMs = 60_000;

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }),
    )
    .optional(),
});

export function gatewayClient(options: GatewayClientOptions): GatewayClient {
  const { url, token, signal, patienceMs = defaultPatienceMs } = options;
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const events = createClient({ url: `${url}/graphql/stream`, retryAttempts: 0, headers });

  const once = async (question: string, variables: Variables): Promise<unknown> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: question, variables }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    return response.json();
  };

  return {
    token,
    async ask(question, variables, answer) {
      const deadline = performance.now() + patienceMs;
      for (;;) {
        const outcome = await once(question, variables).then(
          (body) => readAnswer(body, answer),
          (error: unknown): Failure => {
            signal.throwIfAborted();
            return { message: `The gateway at ${url} does not answer: ${reasonOf(error)}.`, isPassing: true };
          },
        );
        if ('data' in outcome) return outcome.data;
        if (!outcome.isPassing || performance.now() >= deadline) throw failed(outcome);
        await sleep(againAfterMs, undefined, { signal });
      }
    },
    async *follow(question, variables, result) {
      const results = events.iterate({ query: question, variables: { ...variables } });
      const leave = (): void => void results.return?.(undefined);
      signal.addEventListener('abort', leave);
      try {
        for await (const item of results) {
          signal.throwIfAborted();
          const outcome = readAnswer(item, result);
          if (!('data' in outcome)) throw failed(outcome);
          yield outcome.data;
        }
        signal.throwIfAborted();
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

interface Failure {
  readonly message: string;
  readonly code?: string | undefined;
  /** Asked again later, there may be an answer. */
  readonly isPassing: boolean;
}

const passingCodes = ['SUBGRAPH_UNAVAILABLE', 'SERVICE_NOT_READY', 'SERVICE_STOPPING', 'ACCESS_UNAVAILABLE'];

function readAnswer<T>(body: unknown, schema: z.ZodType<T>): { readonly data: T } | Failure {
  const { data, errors = [] } = answerSchema.parse(body);
  const [error] = errors;
  if (error !== undefined) {
    const code = error.extensions?.code;
    return { message: error.message, code, isPassing: code !== undefined && passingCodes.includes(code) };
  }
  return { data: schema.parse(data) };
}

function failed({ message, code }: Failure): ModaError {
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN')
    return new ModaError(
      code,
      `${message.replace(/\.$/, '')}; set MODA_TOKEN to a token that may train and publish.`,
    );
  return new ModaError('EXPERIMENT_FAILED', message, { code: code ?? null });
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message.replace(/\.$/, '');
}
