import { createHash } from 'node:crypto';
import { ModaError } from '@moda/contracts';
import { type Digest, digestFromHex } from './digest.js';

/**
 * Passes on all bytes of a blob and throws at their end where they are not those that the digest names.
 * @throws ModaError BLOB_DAMAGED
 */
export async function* verified(
  digest: Digest,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const found = digestFromHex(hash.digest('hex'));
  if (found !== digest) throw damaged(digest, { found });
}

export function damaged(digest: Digest, details: Readonly<Record<string, unknown>> = {}): ModaError {
  return new ModaError(
    'BLOB_DAMAGED',
    `The stored bytes of ${digest} are damaged; delete that blob and put it again from another copy.`,
    { digest, ...details },
  );
}

export function notFound(digest: Digest): ModaError {
  return new ModaError('BLOB_NOT_FOUND', `There is no blob ${digest} in this store; put it there first.`, {
    digest,
  });
}
