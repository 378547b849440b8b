import type { BlobContent, BlobEntry, BlobStore, ByteRange, ListOptions, PutOptions } from '../blob-store.js';
import { resolveRange } from '../byte-range.js';
import { chunksOf, ContentCheck } from '../content-check.js';
import { type Digest, digestFromHex, hexOf, parseDigest } from '../digest.js';
import { parseListOptions, type PageRequest, takePage } from '../page.js';
import { notFound, verified } from '../verified.js';

/** Bytes per piece of a read: other drivers never give a blob in one piece either. */
const pieceBytes = 1 << 18;

export interface MemoryBlob {
  readonly bytes: Uint8Array;
  readonly modifiedAt: Date;
}

export interface MemoryBlobStoreOptions {
  /** By hexadecimal digest; the store keeps its blobs here. */
  readonly blobs?: Map<string, MemoryBlob>;
  readonly now?: () => Date;
}

/** A store that forgets everything with the process. */
export function openMemoryBlobStore(options: MemoryBlobStoreOptions = {}): BlobStore {
  const { blobs = new Map<string, MemoryBlob>(), now = () => new Date() } = options;
  const find = (digest: Digest) => blobs.get(hexOf(digest));

  return {
    async put(content: BlobContent, { expected }: PutOptions = {}) {
      const check = new ContentCheck(expected);
      const chunks: Uint8Array[] = [];
      for await (const chunk of chunksOf(content)) {
        check.take(chunk);
        // A copy, for the maker may reuse its piece.
        // A Buffer shares its bytes with what `slice` makes of it.
        chunks.push(Uint8Array.from(chunk));
      }
      const stored = check.finish();
      blobs.set(hexOf(stored.digest), { bytes: Buffer.concat(chunks), modifiedAt: now() });
      return stored;
    },

    async *get(text: string, range: ByteRange = {}) {
      const digest = parseDigest(text);
      const blob = find(digest);
      if (blob === undefined) throw notFound(digest);
      const { start, end, whole } = resolveRange(range, blob.bytes.length);
      const pieces = piecesOf(blob.bytes, start, end);
      yield* whole ? verified(digest, pieces) : pieces;
    },

    async stat(text: string) {
      const blob = find(parseDigest(text));
      return blob && { sizeBytes: blob.bytes.length, modifiedAt: blob.modifiedAt };
    },

    async has(text: string) {
      return find(parseDigest(text)) !== undefined;
    },

    async delete(text: string) {
      blobs.delete(hexOf(parseDigest(text)));
    },

    async list(listOptions?: ListOptions) {
      const request = parseListOptions(listOptions);
      return takePage(request.limit, entriesOf(blobs, request));
    },
  };
}

/** Copies, so that a reader who writes into what it got harms nobody. */
async function* piecesOf(bytes: Uint8Array, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += pieceBytes)
    yield Uint8Array.from(bytes.subarray(at, Math.min(at + pieceBytes, end)));
}

async function* entriesOf(
  blobs: ReadonlyMap<string, MemoryBlob>,
  { prefix, after }: PageRequest,
): AsyncGenerator<BlobEntry> {
  for (const hex of [...blobs.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()) {
    const blob = blobs.get(hex);
    if (blob !== undefined)
      yield { digest: digestFromHex(hex), sizeBytes: blob.bytes.length, modifiedAt: blob.modifiedAt };
  }
}
