import { randomBytes } from 'node:crypto';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { type Document, refusal } from './document.js';
import { invalidAnswer, unreachable } from './gateway-error.js';
import { openStream } from './open-stream.js';

export const defaultGateway = 'http://127.0.0.1:4000';

/** The estimate of a large network takes its first steps; what takes longer has failed. */
const patienceMs = 120_000;
/** A page of runs with their specs has some hundred kilobytes, a stretch of a log some megabytes. */
const maxAnswerBytes = 32 * 2 ** 20;

const errorSchema = z.object({
  message: z.string(),
  extensions: z
    .object({
      code: z.string().optional(),
      details: z.record(z.string(), z.unknown()).optional(),
      traceId: z.string().optional(),
    })
    .optional(),
});

const envelope = z.union([
  // What is refused before it is read as a question.
  z
    .object({ error: z.object({ code: z.string(), message: z.string() }) })
    .transform(({ error: { code, message } }) => ({
      data: undefined,
      errors: [{ message, extensions: { code, details: undefined, traceId: undefined } }],
    })),
  z.object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z.array(errorSchema).optional(),
  }),
]);

export interface GatewayOptions {
  readonly address: string;
  /** Asked for each time, since one that expires is renewed. */
  readonly token?: (() => Promise<string | undefined>) | undefined;
  readonly signal: AbortSignal;
  /** What a service behind the gateway could not say, where the rest of the answer stands. */
  readonly onPartial?: (message: string) => void;
}

/**
 * Speaks with the gateway. What it refuses is thrown as it said it; answers are checked before anybody uses them.
 *
 * Every method throws ModaError GATEWAY_UNREACHABLE, GATEWAY_ANSWER_INVALID, INTERRUPTED, or the code that was given.
 */
export class GatewayClient {
  readonly #endpoint: string;
  /** One trace for all that a command asks, down to the log of a worker. */
  readonly #traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;

  constructor(private readonly options: GatewayOptions) {
    this.#endpoint = new URL('graphql', `${options.address.replace(/\/+$/, '')}/`).href;
  }

  get address(): string {
    return this.options.address;
  }

  /** An answer without some of its parts is one, as long as those that are needed are there. */
  async ask<Variables extends object, Answer>(
    { text, answer }: Document<Variables, Answer>,
    variables: Variables,
  ): Promise<Answer> {
    const body = await this.post(JSON.stringify({ query: text, variables }));
    return this.checked(answer, body, (error) => this.options.onPartial?.(error.message));
  }

  /** Results of a subscription until it is over; throws where it breaks. */
  async *follow<Variables extends object, Answer>(
    { text, answer }: Document<Variables, Answer>,
    variables: Variables,
  ): AsyncGenerator<Answer, void, undefined> {
    const { address, signal } = this.options;
    const stream = openStream({
      address,
      url: `${this.#endpoint}/stream`,
      headers: await this.headers(),
      question: { query: text, variables },
      signal,
    });
    for await (const result of stream)
      yield this.checked(answer, result, (error) => {
        throw error;
      });
  }

  private async headers(): Promise<Readonly<Record<string, string>>> {
    const token = await this.options.token?.();
    return {
      traceparent: this.#traceparent,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  private checked<Answer>(
    answer: z.ZodType<Answer>,
    body: unknown,
    onError: (error: ModaError) => void,
  ): Answer {
    const { success, data: parsed } = envelope.safeParse(body);
    if (!success) throw invalidAnswer(this.address, 'the answer is not one of GraphQL');
    const errors = (parsed.errors ?? []).map(({ message, extensions = {} }) => {
      const { code, details, traceId } = extensions;
      return refusal(code, sentenceWith(message, code === 'UNEXPECTED' ? traceId : undefined), {
        ...details,
        ...(traceId === undefined ? {} : { traceId }),
      });
    });
    const checked = answer.safeParse(parsed.data);
    if (checked.success) {
      errors.forEach(onError);
      return checked.data;
    }
    if (errors[0]) throw errors[0];
    const place = checked.error.issues[0]?.path.join('.') ?? '';
    throw invalidAnswer(this.address, `the answer is wrong at ${place || 'its top level'}`);
  }

  private async post(body: string): Promise<unknown> {
    const { address, signal } = this.options;
    const headers = await this.headers();
    let text: string;
    let status: number;
    try {
      const response = await fetch(this.#endpoint, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
        redirect: 'manual',
      });
      status = response.status;
      text = await limitedText(response);
    } catch (error) {
      if (signal.aborted)
        throw new ModaError('INTERRUPTED', 'Interrupted before it was done; run the same command again.');
      if (error instanceof RangeError)
        throw invalidAnswer(address, `the answer has more than ${maxAnswerBytes} bytes`);
      throw unreachable(address, error);
    }
    try {
      return JSON.parse(text);
    } catch {
      throw invalidAnswer(address, `the answer is no JSON (status ${status})`);
    }
  }
}

/** Who runs the services finds what happened by the trace. */
function sentenceWith(message: string, traceId: string | undefined): string {
  if (traceId === undefined) return message;
  return `${message.replace(/\.$/, '')} (trace ${traceId.slice(0, 100)}).`;
}

async function limitedText(response: Response): Promise<string> {
  let bytes = 0;
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > maxAnswerBytes) throw new RangeError('too long');
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
