import { createHash } from 'node:crypto';
import { ModaError } from '@moda/contracts';
import type { BlobContent, PutOptions, StoredBlob } from './blob-store.js';
import { type Digest, digestFromHex, parseDigest } from './digest.js';

/** Counts and hashes content as it passes, and holds it against what was announced. */
export class ContentCheck {
  readonly #hash = createHash('sha256');
  readonly #digest: Digest | undefined;
  readonly #expectedBytes: number | undefined;
  #sizeBytes = 0;

  /** @throws ModaError BLOB_DIGEST_INVALID, BLOB_RANGE_INVALID for an announcement that no content can fulfil. */
  constructor(expected: PutOptions['expected'] = {}) {
    this.#digest = expected.digest === undefined ? undefined : parseDigest(expected.digest);
    this.#expectedBytes = expected.sizeBytes;
    if (
      expected.sizeBytes !== undefined &&
      !(Number.isSafeInteger(expected.sizeBytes) && expected.sizeBytes >= 0)
    )
      throw new ModaError(
        'BLOB_RANGE_INVALID',
        `A blob cannot have ${expected.sizeBytes} bytes; announce a whole number from 0.`,
      );
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** @throws ModaError BLOB_DIGEST_MISMATCH as soon as there is more than was announced: nobody stores an endless stream. */
  take(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    if (this.#expectedBytes !== undefined && this.#sizeBytes > this.#expectedBytes)
      throw new ModaError(
        'BLOB_DIGEST_MISMATCH',
        `The content is longer than the ${this.#expectedBytes} bytes announced; send exactly what was announced.`,
        { expectedBytes: this.#expectedBytes },
      );
    this.#hash.update(chunk);
  }

  /** @throws ModaError BLOB_DIGEST_MISMATCH */
  finish(): StoredBlob {
    const digest = digestFromHex(this.#hash.digest('hex'));
    if (this.#expectedBytes !== undefined && this.#sizeBytes !== this.#expectedBytes)
      throw new ModaError(
        'BLOB_DIGEST_MISMATCH',
        `The content ended after ${this.#sizeBytes} of the ${this.#expectedBytes} bytes announced; send it again.`,
        { expectedBytes: this.#expectedBytes, sizeBytes: this.#sizeBytes },
      );
    if (this.#digest !== undefined && digest !== this.#digest)
      throw new ModaError(
        'BLOB_DIGEST_MISMATCH',
        `The content has the digest ${digest}, but ${this.#digest} was announced; it was damaged on its way, or is another.`,
        { expected: this.#digest, digest },
      );
    return { digest, sizeBytes: this.#sizeBytes };
  }
}

/** Content as pieces, whichever way it came. */
export async function* chunksOf(content: BlobContent): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  for await (const chunk of content) {
    // A stream with an encoding yields texts, and a hash would take those too.
    if (!((chunk as unknown) instanceof Uint8Array))
      throw new TypeError('Blob content must be made of bytes.');
    yield chunk;
  }
}
