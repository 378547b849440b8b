import http from 'node:http';
import https from 'node:https';
import type { ClientOptions } from 'minio';

export type Transport = NonNullable<ClientOptions['transport']>;

/** An answer by which the server says nothing about the request itself: try again, or (507) make room. */
export class ServerStatusError extends Error {
  override readonly name = 'ServerStatusError';
  constructor(readonly status: number) {
    super(`HTTP status ${status}`);
  }
}

/** The server kept silent. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
  constructor(readonly silentMs: number) {
    super(`no answer for ${silentMs} ms`);
  }
}

const passing = new Set([408, 429, 499, 500, 502, 503, 504, 520]);
const insufficientStorage = 507;

export function isPassingStatus(status: number): boolean {
  return passing.has(status);
}

/**
 * The HTTP under the S3 client. The client's own retries look at statuses only, repeat nothing that the network cut, and write to the
 * console; so such answers end here as errors, and one place decides what is tried again.
 */
export function createTransport(secure: boolean, idleTimeoutMs: number): Transport {
  const request = (options: https.RequestOptions, onResponse?: (response: http.IncomingMessage) => void) => {
    const sent = (secure ? https : http).request(options, (response) => {
      const status = response.statusCode ?? 0;
      if (!passing.has(status) && status !== insufficientStorage) {
        onResponse?.(response);
        return;
      }
      // What the server says in the body adds nothing, and the request may not even be sent to its end.
      response.on('error', () => undefined);
      response.destroy();
      sent.emit('error', new ServerStatusError(status));
    });
    sent.setTimeout(idleTimeoutMs, () => sent.destroy(new SilenceError(idleTimeoutMs)));
    return sent;
  };
  return { request: request as Transport['request'] };
}

export function createAgent(secure: boolean): http.Agent {
  const options = { keepAlive: true };
  return secure ? new https.Agent(options) : new http.Agent(options);
}
