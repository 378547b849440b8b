import type { IncomingHttpHeaders } from 'node:http';
import type { Span } from './byte-spans.js';
import { downloadDamaged, downloadFailed, ExpiredAddress, PassingFailure } from './download-failure.js';

/** A part of a file that is asked for. */
export interface RangeRequest extends Span {
  /** For sentences. */
  readonly what: string;
  readonly url: URL;
  /** Of the whole file. */
  readonly sizeBytes: number;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A request for the whole file goes without a range, so that servers without ranges answer it too. */
export function headersOf(request: RangeRequest): Readonly<Record<string, string>> {
  const { start, end } = request;
  return {
    'accept-encoding': 'identity',
    ...(isWhole(request) ? {} : { range: `bytes=${start}-${end - 1}` }),
  };
}

/** @throws ModaError DOWNLOAD_FAILED */
export function parseAddress(what: string, text: string): URL {
  if (!URL.canParse(text)) throw downloadFailed(what, 'its address is none');
  const url = new URL(text);
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw downloadFailed(what, `its address begins with ${url.protocol}, not with http: or https:`);
}

/** For waiting in vain. */
export function silence(idleTimeoutMs: number): PassingFailure {
  return new PassingFailure(`the server was silent for ${Math.round(idleTimeoutMs / 1000)} s`);
}

/**
 * Makes sure that the body of an answer is exactly what was asked for. Redirections are not followed: the address was signed for
 * one place.
 *
 * @throws ModaError DOWNLOAD_FAILED, DOWNLOAD_DAMAGED; PassingFailure
 */
export function checkAnswer(request: RangeRequest, status: number, headers: IncomingHttpHeaders): void {
  const { what, start, end, sizeBytes } = request;
  if (passingStatuses.has(status)) throw new PassingFailure(`the server answered with status ${status}`);
  if (status === 401 || status === 403)
    throw new ExpiredAddress('its address has expired or is not accepted');
  if (status >= 300 && status < 400)
    throw downloadFailed(what, 'the server sends it from another address, which is not followed');
  if (status === 404 || status === 410) throw downloadFailed(what, 'it is not there any more');
  if (status === 200 && !isWhole(request)) throw downloadFailed(what, 'the server sends no part of it');
  if (status !== 206 && status !== 200)
    throw downloadFailed(what, `the server answered with status ${status}`);
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw downloadFailed(what, `the server sends it as ${String(headers['content-encoding'])}`);
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const announced = status === 206 ? Number(range?.[3]) : Number(headers['content-length']);
  if (Number.isFinite(announced) && announced !== sizeBytes)
    throw downloadDamaged(what, `it has ${announced} bytes, not ${sizeBytes}`);
  if (status === 206 && (Number(range?.[1]) !== start || Number(range?.[2]) !== end - 1))
    throw downloadFailed(what, 'the server sends another part of it than was asked for');
}

function isWhole({ start, end, sizeBytes }: RangeRequest): boolean {
  return start === 0 && end === sizeBytes;
}
