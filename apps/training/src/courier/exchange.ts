import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ServiceAway } from './for-good.js';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Uint8Array | Readable;
  readonly signal: AbortSignal;
}

/** Without a byte in either direction. A large file is checked and stored by the other end before it answers. */
const silentMs = 120_000;

/**
 * One question over HTTP. Not by `fetch`, which sends streams without their length.
 *
 * @returns the answer, whose body is to be read
 * @throws ServiceAway where there is none; the reason of the signal
 */
export async function exchange(
  url: string,
  { method, headers, body, signal }: Exchange,
): Promise<IncomingMessage> {
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = open(url, { method, headers, signal, timeout: silentMs });
  // Also behind the answer a connection may break: its reader hears of it.
  request.on('error', () => undefined);
  request.once('timeout', () => request.destroy(new Error(`no answer for ${silentMs / 1000} seconds`)));
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  if (body === undefined || body instanceof Uint8Array) request.end(body);
  else pipeline(body, request).catch(() => undefined);
  try {
    const [answer] = await answered;
    // A refusal may come before the body has left; then the rest of it is of no use.
    if (body instanceof Readable) answer.once('close', () => body.destroy());
    return answer;
  } catch (error) {
    if (body instanceof Readable) body.destroy();
    signal.throwIfAborted();
    throw new ServiceAway(error instanceof Error ? error.message : String(error));
  }
}
