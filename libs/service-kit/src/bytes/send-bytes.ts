import type { Request, Response } from 'express';
import { sendProblem } from '../http/problem-body.js';
import type { Logger } from '../log/logger.js';
import { type ByteRange, readRange } from './byte-range-header.js';
import { writePieces } from './write-pieces.js';

/** Why bytes cannot be read after all, in the words of whoever keeps them. */
export interface Refusal {
  readonly kind: 'problem';
}

interface Content {
  readonly kind: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface Bytes<R extends Refusal> {
  /** What the bytes are, whatever range of them is asked for; undefined where they may still become others. */
  readonly digest: string | undefined;
  readonly sizeBytes: number;
  /** `application/octet-stream` if left out. */
  readonly contentType?: string;
  /** Under which a browser saves them; shown where it is left out. */
  readonly fileName?: string;
  /** The whole where no range is given. */
  readonly read: (range?: ByteRange) => Promise<Content | R>;
}

export interface SendBytesOptions {
  readonly logger: Logger;
  /** Pages of other sites may read them: the address itself was the right to. */
  readonly crossOrigin: boolean;
}

/** What never changes under its name may be kept by whoever reads it. */
const cacheForGood = 'private, max-age=31536000, immutable, no-transform';

/**
 * Answers GET and HEAD with bytes: whole or a range, or that the reader has them already.
 *
 * @returns the refusal of `read`, which is then the caller's to answer with: no header has left
 */
export async function sendBytes<R extends Refusal>(
  request: Request,
  response: Response,
  { digest, sizeBytes, contentType = 'application/octet-stream', fileName, read }: Bytes<R>,
  { logger, crossOrigin }: SendBytesOptions,
): Promise<R | undefined> {
  const tag = digest === undefined ? undefined : `"${digest}"`;
  response.set({
    'accept-ranges': 'bytes',
    'cache-control': tag === undefined ? 'no-store, no-transform' : cacheForGood,
    ...(tag !== undefined && { etag: tag }),
    ...(crossOrigin && headersForOthers),
  });
  if (tag !== undefined && namesTag(request.get('if-none-match'), tag)) {
    response.status(304).end();
    return undefined;
  }
  const ifRange = request.get('if-range');
  const sameAsBefore = ifRange === undefined || ifRange === tag;
  const range = readRange(sameAsBefore ? request.get('range') : undefined, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    response.set('content-range', `bytes */${sizeBytes}`).removeHeader('etag');
    sendProblem(response, 416, outside(sizeBytes));
    return undefined;
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: sizeBytes };
  // Asked for before the first header leaves, so that what fails at once still gets its sentence.
  const asked =
    request.method === 'HEAD' ? nothing : await read(range.kind === 'part' ? { start, end } : undefined);
  if (isRefusal(asked)) return asked;
  response.status(range.kind === 'part' ? 206 : 200);
  response.set({ 'content-type': contentType, 'content-length': String(end - start) });
  if (fileName !== undefined)
    response.set('content-disposition', `attachment; filename="${plain(fileName)}"`);
  if (range.kind === 'part') response.set('content-range', `bytes ${start}-${end - 1}/${sizeBytes}`);
  await writePieces(response, asked.content, logger);
  return undefined;
}

const nothing: Content = { kind: 'content', content: [] };

const headersForOthers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
  'cross-origin-resource-policy': 'cross-origin',
};

function outside(sizeBytes: number) {
  const fact =
    sizeBytes === 0 ? 'There are no bytes yet' : `The range lies outside of the ${sizeBytes} bytes there are`;
  const way = sizeBytes === 0 ? 'ask again later' : `ask for bytes from 0 to ${sizeBytes - 1}`;
  return { code: 'BLOB_RANGE_INVALID', message: `${fact}; ${way}.`, details: { sizeBytes } };
}

function isRefusal<R extends Refusal>(asked: Content | R): asked is R {
  return asked.kind === 'problem';
}

function namesTag(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((entry) => ['*', tag, `W/${tag}`].includes(entry.trim()));
}

/** Quotes, slashes and what is beyond ASCII would need an encoding of their own, which not every client reads. */
function plain(fileName: string): string {
  return fileName.replace(/[^\w.-]/g, '_');
}
