import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import {
  beginAnswer,
  type BeginAnswer,
  digestHeader,
  type JournalAnswer,
  journalAnswer,
  logAnswer,
  newsAnswer,
  type Order,
  problemAnswer,
  sameAsHeader,
} from '../pod-desk/pod-messages.js';
import { exchange, type Exchange } from './exchange.js';
import { ServiceAway } from './for-good.js';
import { piecesOf } from './pieces-of.js';

/** The desk has understood, and will not. It is of no use to ask again. */
export class DeskRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface SentFile {
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Another run, with the key to its files. */
export interface Input {
  readonly run: string;
  readonly key: string;
}

export interface DeskClientOptions {
  /** Of the training service. */
  readonly serviceUrl: string;
  readonly runId: string;
  /** Of the run. */
  readonly token: string;
}

/**
 * The pod's end of the desk: one question each. All throw ServiceAway where the service does not answer or cannot now, DeskRefusal where it
 * will not, and the reason of the signal.
 */
export class DeskClient {
  private readonly base: string;
  private readonly authorization: string;

  constructor({ serviceUrl, runId, token }: DeskClientOptions) {
    this.base = `${serviceUrl}/pods/runs/${encodeURIComponent(runId)}`;
    this.authorization = `Bearer ${token}`;
  }

  begin(pod: { readonly name: string; readonly uid: string }, signal: AbortSignal): Promise<BeginAnswer> {
    return this.tell('POST', '/begin', json({ pod }), signal, beginAnswer);
  }

  async news(
    news: { readonly token: string; readonly kind: 'started' | 'beat'; readonly device?: string },
    signal: AbortSignal,
  ): Promise<Order> {
    return (await this.tell('POST', '/news', json(news), signal, newsAnswer)).order;
  }

  journal(token: string, offset: number, lines: Uint8Array, signal: AbortSignal): Promise<JournalAnswer> {
    const path = `/journal?${query({ token, offset })}`;
    return this.tell('POST', path, bytes(lines, 'application/x-ndjson'), signal, journalAnswer);
  }

  async log(token: string, offset: number, part: Uint8Array, signal: AbortSignal): Promise<number> {
    const path = `/log?${query({ token, offset })}`;
    return (await this.tell('PUT', path, bytes(part, 'application/octet-stream'), signal, logAnswer))
      .sizeBytes;
  }

  /** Sends a file as it was when it was opened; its name may be another file's by now. */
  async put(
    token: string,
    name: string,
    file: FileHandle,
    { digest, sizeBytes }: SentFile,
    signal: AbortSignal,
  ): Promise<void> {
    const headers = { 'content-length': sizeBytes, [digestHeader]: digest };
    const body = sizeBytes === 0 ? {} : { body: Readable.from(piecesOf(file, sizeBytes)) };
    await this.done('PUT', `${filePath(name)}?${query({ token })}`, { headers, ...body }, signal);
  }

  /** Gives a file that is there a second name. */
  async link(token: string, from: string, name: string, digest: string, signal: AbortSignal): Promise<void> {
    const headers = { 'content-length': 0, [sameAsHeader]: from, [digestHeader]: digest };
    await this.done('PUT', `${filePath(name)}?${query({ token })}`, { headers }, signal);
  }

  async remove(token: string, name: string, signal: AbortSignal): Promise<void> {
    await this.done('DELETE', `${filePath(name)}?${query({ token })}`, { headers: {} }, signal);
  }

  /** The bytes of a file of the run, or of one that it is made of. */
  async get(name: string, signal: AbortSignal, input?: Input): Promise<IncomingMessage> {
    const path =
      input === undefined
        ? filePath(name)
        : `/inputs/${encodeURIComponent(input.run)}${filePath(name)}?${query({ key: input.key })}`;
    return this.ask('GET', path, { headers: {} }, signal);
  }

  private async tell<T>(
    method: Exchange['method'],
    path: string,
    sent: Sent,
    signal: AbortSignal,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const text = (await wholeOf(await this.ask(method, path, sent, signal), signal)).toString();
    const { success, data } = schema.safeParse(parsed(text));
    if (success) return data;
    throw new ServiceAway('the answer is not one of a training service of this version');
  }

  private async done(
    method: Exchange['method'],
    path: string,
    sent: Sent,
    signal: AbortSignal,
  ): Promise<void> {
    await wholeOf(await this.ask(method, path, sent, signal), signal);
  }

  private async ask(
    method: Exchange['method'],
    path: string,
    { headers, body }: Sent,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const answer = await exchange(`${this.base}${path}`, {
      method,
      headers: { authorization: this.authorization, ...headers },
      ...(body !== undefined && { body }),
      signal,
    });
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const problem = problemAnswer.safeParse(parsed((await wholeOf(answer, signal)).toString())).data?.error;
    // Only the desk itself refuses for good. Whatever stands in front of it, or does not know it yet, may be gone in a moment.
    const isFinal = status >= 400 && status < 500 && problem !== undefined && !passing.has(problem.code);
    if (isFinal) throw new DeskRefusal(problem.code, problem.message);
    throw new ServiceAway(problem?.message ?? `it answers with status ${status}`);
  }
}

/** What may be otherwise the next time, though it was said in so many words. */
const passing: ReadonlySet<string> = new Set(['ROUTE_UNKNOWN', 'HOST_REFUSED', 'BLOB_DIGEST_MISMATCH']);

interface Sent {
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Exchange['body'];
}

function json(value: object): Sent {
  return bytes(Buffer.from(JSON.stringify(value)), 'application/json');
}

function bytes(body: Uint8Array, type: string): Sent {
  return { headers: { 'content-type': type, 'content-length': body.length }, body };
}

const filePath = (name: string): string => `/files/${name.split('/').map(encodeURIComponent).join('/')}`;

function query(values: Readonly<Record<string, string | number>>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) parameters.set(key, String(value));
  return parameters.toString();
}

async function wholeOf(answer: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  try {
    return await buffer(answer);
  } catch (error) {
    signal.throwIfAborted();
    throw new ServiceAway(error instanceof Error ? error.message : String(error));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
