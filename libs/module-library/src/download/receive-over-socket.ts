import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Batches } from './batches.js';
import { downloadDamaged, PassingFailure } from './download-failure.js';
import { checkAnswer, headersOf, type RangeRequest, silence } from './range-request.js';

/** Heads of answers have some hundred bytes; Node's own limit is the same. */
const maxHeadBytes = 16 * 2 ** 10;

/** The answer is one that this way of receiving does not read; the HTTP of Node does. */
export class OtherFraming extends Error {
  override readonly name = 'OtherFraming';
}

/**
 * Receives a range of an `http:` address straight into the memory from which it is written. The streams of Node's HTTP put each 64 KiB
 * into memory of its own, which costs ten times the processor time of the bytes themselves; here the system writes them to their
 * place. One request, one connection, a body of announced length; anything else is `OtherFraming`.
 */
export function receiveOverSocket(request: RangeRequest, batches: Batches): Promise<void> {
  const { url, end, idleTimeoutMs, signal } = request;
  return new Promise((resolve, reject) => {
    const head = Buffer.alloc(maxHeadBytes);
    let headBytes = 0;
    let inBody = false;
    const socket = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 80),
      onread: {
        buffer: () => (inBody ? batches.space() : head.subarray(headBytes)),
        callback: (count) => {
          try {
            if (inBody) receive(count);
            else readHead(count);
          } catch (error) {
            socket.destroy(error as Error);
          }
          return true;
        },
      },
    });
    batches.source = socket;
    const abort = (): void => void socket.destroy(abortion(signal));
    signal?.addEventListener('abort', abort, { once: true });
    socket.setTimeout(idleTimeoutMs, () => socket.destroy(silence(idleTimeoutMs)));
    socket.on('error', reject);
    socket.on('close', () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    socket.on('end', () => socket.destroy());
    if (signal?.aborted) abort();
    socket.write(requestText(request));

    function receive(count: number): void {
      if (batches.receivedEnd + count > end) throw tooMuch(request);
      batches.filled(count);
      if (batches.receivedEnd === end) socket.destroy();
    }

    function readHead(count: number): void {
      headBytes += count;
      const text = head.toString('latin1', 0, headBytes);
      const length = text.indexOf('\r\n\r\n');
      if (length === -1) {
        if (headBytes === maxHeadBytes || !'HTTP/1.'.startsWith(text.slice(0, 7))) throw noHttp();
        return;
      }
      const { status, headers } = parseHead(text.slice(0, length));
      if (status < 200) throw new OtherFraming();
      checkAnswer(request, status, headers);
      checkLength(request, headers);
      inBody = true;
      const rest = head.subarray(length + 4, headBytes);
      if (batches.receivedEnd + rest.length > end) throw tooMuch(request);
      batches.take(rest);
      if (batches.receivedEnd === end) socket.destroy();
    }
  });
}

function requestText(request: RangeRequest): string {
  const { url } = request;
  const lines = Object.entries({ host: url.host, ...headersOf(request), connection: 'close' });
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function parseHead(text: string): { readonly status: number; readonly headers: IncomingHttpHeaders } {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) throw noHttp();
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw noHttp();
    headers[line.slice(0, colon).toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers };
}

function checkLength(request: RangeRequest, headers: IncomingHttpHeaders): void {
  const length = headers['content-length'];
  if (length === undefined || headers['transfer-encoding'] !== undefined) throw new OtherFraming();
  if (Number(length) > request.end - request.start) throw tooMuch(request);
}

function tooMuch({ what }: RangeRequest): Error {
  return downloadDamaged(what, 'the server sends more than was announced');
}

function noHttp(): PassingFailure {
  return new PassingFailure('the answer is no HTTP');
}

function abortion(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new DOMException('The download was stopped.', 'AbortError');
}
