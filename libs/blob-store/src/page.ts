import { ModaError } from '@moda/contracts';
import type { BlobEntry, BlobPage, BlobStore, ListOptions } from './blob-store.js';
import { hexOf, parseDigest, parseDigestPrefix } from './digest.js';

/** The most blobs on one page: what one answer of an S3 store may hold. */
export const maxPageSize = 1000;

export interface PageRequest {
  /** Hexadecimal beginning of the digests, perhaps empty. */
  readonly prefix: string;
  /** Hexadecimal part of the last digest seen, or empty: all digests come behind it. */
  readonly after: string;
  readonly limit: number;
}

/** @throws ModaError BLOB_DIGEST_INVALID, BLOB_RANGE_INVALID */
export function parseListOptions({ prefix = '', after, limit = maxPageSize }: ListOptions = {}): PageRequest {
  if (!(Number.isSafeInteger(limit) && limit >= 1 && limit <= maxPageSize))
    throw new ModaError(
      'BLOB_RANGE_INVALID',
      `A page cannot hold ${limit} blobs; ask for 1 to ${maxPageSize} and follow the pages.`,
      { limit },
    );
  return {
    prefix: parseDigestPrefix(prefix),
    after: after === undefined ? '' : hexOf(parseDigest(after)),
    limit,
  };
}

/** The first page of entries that come in order; asks for one more than it holds to learn whether there is a next. */
export async function takePage(limit: number, entries: AsyncIterable<BlobEntry>): Promise<BlobPage> {
  const blobs: BlobEntry[] = [];
  for await (const entry of entries) {
    if (blobs.length === limit) return { blobs, next: blobs.at(-1)?.digest };
    blobs.push(entry);
  }
  return { blobs, next: undefined };
}

/** All blobs, or all whose digest begins with `prefix`, page by page. */
export async function* allBlobs(
  store: Pick<BlobStore, 'list'>,
  options: Pick<ListOptions, 'prefix' | 'limit'> = {},
): AsyncGenerator<BlobEntry> {
  let after: string | undefined;
  do {
    const page = await store.list({ ...options, after });
    yield* page.blobs;
    after = page.next;
  } while (after !== undefined);
}
