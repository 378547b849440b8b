import { IncomingMessage } from 'node:http';
import type { S3Connection } from './connection.js';
import { isAbsent, isTransient } from './failure.js';
import { backOff } from './retry.js';

/**
 * Bytes `start` to `end` (exclusive; the last if undefined) of an object, in as many requests as the network makes necessary: a read
 * that is cut goes on where it stopped. Attempts count from the last piece that came.
 * @param whenAbsent what is thrown where there is no such object
 * @throws ModaError BLOB_STORE_REFUSED, BLOB_STORE_UNREACHABLE
 */
export async function* download(
  { client, bucket, retry, explain }: S3Connection,
  key: string,
  whenAbsent: () => Error,
  start = 0,
  end?: number,
): AsyncGenerator<Uint8Array> {
  let position = start;
  let stop = end;
  for (let failures = 0; ;) {
    try {
      const length = stop === undefined ? 0 : stop - position;
      const body = await client.getPartialObject(bucket, key, position, length);
      stop ??= position + bodyBytes(body);
      for await (const piece of body) {
        const bytes = piece as Buffer;
        position += bytes.length;
        failures = 0;
        yield bytes;
      }
      if (position === stop) return;
      throw new CutShortError();
    } catch (error) {
      if (isAbsent(error)) throw whenAbsent();
      failures += 1;
      if (failures >= retry.attempts || !(isTransient(error) || error instanceof CutShortError))
        throw explain(error);
      await backOff(retry, failures);
    }
    if (position === stop) return;
  }
}

/** The body ended before its announced length, and the connection did not complain. */
class CutShortError extends Error {
  readonly code = 'ECONNRESET';
}

function bodyBytes(body: unknown): number {
  const length = body instanceof IncomingMessage ? body.headers['content-length'] : undefined;
  // Without it, nothing can be said about a missing end; every S3 store sends it.
  if (length === undefined) throw new Error('The S3 store did not say how long the object is.');
  return Number(length);
}
