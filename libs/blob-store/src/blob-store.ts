import type { Digest } from './digest.js';

/** Bytes, whole or piece by piece. A piece may be reused by its maker once the next one is asked for. */
export type BlobContent = Uint8Array | AsyncIterable<Uint8Array>;

export interface StoredBlob {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

export interface BlobStat {
  readonly sizeBytes: number;
  /** When these bytes were put for the last time; some stores round it to a second. */
  readonly modifiedAt: Date;
}

export interface BlobEntry extends StoredBlob, BlobStat {}

export interface PutOptions {
  /** What the sender announced; anything else is refused and leaves nothing. */
  readonly expected?: { readonly digest?: string; readonly sizeBytes?: number };
}

/**
 * Bytes `start` (inclusive, 0 if left out) to `end` (exclusive, the size if left out), as in `Uint8Array.slice`: an end behind the
 * last byte means the last byte. A start behind it, or behind the end, is an error.
 */
export interface ByteRange {
  readonly start?: number;
  readonly end?: number;
}

export interface ListOptions {
  /** The beginning of the digests wanted: `sha256:ab`. */
  readonly prefix?: string;
  /** Only digests behind this one: what the page before gave as `next`. */
  readonly after?: string;
  /** 1 to 1000 blobs; 1000 if left out. */
  readonly limit?: number;
}

export interface BlobPage {
  /** In the order of their digests. */
  readonly blobs: readonly BlobEntry[];
  /** Where the next page begins (`after`), or undefined where this is the last. */
  readonly next: Digest | undefined;
}

/**
 * Bytes under the name of their own SHA-256. What is once visible is whole: a blob appears all at once or not at all, whatever
 * happens on the way. Every method throws ModaError BLOB_DIGEST_INVALID for a text that is no digest, BLOB_STORE_UNREACHABLE where
 * the store does not answer and BLOB_STORE_REFUSED where it will not.
 */
export interface BlobStore {
  /**
   * Stores content and says under which digest. The same bytes twice are one blob, which then counts as new: a collector that
   * spares young blobs spares those that somebody is about to refer to again.
   * @throws ModaError BLOB_DIGEST_MISMATCH where digest or size are not those expected, BLOB_STORE_FULL; and what the content itself
   * throws. In each case nothing is left.
   */
  put(content: BlobContent, options?: PutOptions): Promise<StoredBlob>;

  /**
   * The bytes of a blob. Nothing happens before the first piece is asked for. A read of the whole blob is checked against the
   * digest: the last step throws where a byte differs, so what was read counts only once the loop has ended. A read of a part cannot
   * be checked and is not.
   * @throws ModaError BLOB_NOT_FOUND, BLOB_RANGE_INVALID, BLOB_DAMAGED
   */
  get(digest: string, range?: ByteRange): AsyncIterable<Uint8Array>;

  /** Size and time of a blob, or undefined where there is none. */
  stat(digest: string): Promise<BlobStat | undefined>;

  has(digest: string): Promise<boolean>;

  /** Removes a blob; one that is not there is removed already. */
  delete(digest: string): Promise<void>;

  /**
   * One page of blobs in the order of their digests. Paging by `next` meets every blob that stays from the first page to the last
   * exactly once, whatever is put or deleted meanwhile.
   * @throws ModaError BLOB_RANGE_INVALID for a limit outside 1 to 1000
   */
  list(options?: ListOptions): Promise<BlobPage>;

  /**
   * An address from which anybody can read the blob, with ranges, until it expires (1 second to 7 days). Only where the driver has such
   * addresses. Whether the blob exists is not asked.
   * @throws ModaError BLOB_RANGE_INVALID
   */
  presignGet?(digest: string, options: { readonly expiresInSeconds: number }): Promise<string>;
}
