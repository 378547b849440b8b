import type { ByteRange } from '@moda/blob-store';
import { type Logger, sendProblem } from '@moda/service-kit';
import type { Request, Response } from 'express';
import { isProblem, type Problem } from '../problem/problem.js';
import { readRange } from './byte-range-header.js';
import { writePieces } from './write-pieces.js';

export interface Bytes {
  /** What the bytes are, whatever range of them is asked for. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** The whole where no range is given. */
  readonly read: (
    range?: ByteRange,
  ) => Promise<{ readonly kind: string; readonly content: AsyncIterable<Uint8Array> } | Problem>;
}

/** What never changes under its name may be kept by whoever reads it. */
const cacheControl = 'private, max-age=31536000, immutable, no-transform';

/** Answers GET and HEAD with bytes that never change: whole or a range, or that the reader has them already. */
export async function sendBytes(
  request: Request,
  response: Response,
  { digest, sizeBytes, read }: Bytes,
  logger: Logger,
): Promise<Problem | undefined> {
  const tag = `"${digest}"`;
  response.set({
    etag: tag,
    'accept-ranges': 'bytes',
    'cache-control': cacheControl,
    // The address itself is the right to read.
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (namesTag(request.get('if-none-match'), tag)) {
    response.status(304).end();
    return undefined;
  }
  const sameAsBefore = (request.get('if-range') ?? tag) === tag;
  const range = readRange(sameAsBefore ? request.get('range') : undefined, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    response.set('content-range', `bytes */${sizeBytes}`).removeHeader('etag');
    sendProblem(response, 416, {
      code: 'BLOB_RANGE_INVALID',
      message: `The range lies outside of the ${sizeBytes} bytes there are; ask for bytes from 0 to ${sizeBytes - 1}.`,
      details: { sizeBytes },
    });
    return undefined;
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: sizeBytes };
  // Asked for before the first header leaves, so that what fails at once still gets its sentence.
  const asked =
    request.method === 'HEAD' ? nothing : await read(range.kind === 'part' ? { start, end } : undefined);
  if (isProblem(asked)) return asked;
  response.status(range.kind === 'part' ? 206 : 200);
  response.set({ 'content-type': 'application/octet-stream', 'content-length': String(end - start) });
  if (range.kind === 'part') response.set('content-range', `bytes ${start}-${end - 1}/${sizeBytes}`);
  await writePieces(response, asked.content, logger);
  return undefined;
}

const nothing = { kind: 'content', content: [] } as const;

function namesTag(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((entry) => ['*', tag, `W/${tag}`].includes(entry.trim()));
}
