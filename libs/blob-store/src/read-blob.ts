import type { BlobStore, ByteRange } from './blob-store.js';

/**
 * A blob, or a part of it, as one array: for manifests and headers, which are small. The same checks and errors as `get`.
 */
export async function readBlob(
  store: Pick<BlobStore, 'get'>,
  digest: string,
  range?: ByteRange,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.get(digest, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
