import { tmpdir } from 'node:os';
import { ModaError } from '@moda/contracts';
import { CopyDestinationOptions, CopySourceOptions } from 'minio';
import type {
  BlobContent,
  BlobEntry,
  BlobPage,
  BlobStat,
  BlobStore,
  ByteRange,
  ListOptions,
  PutOptions,
  StoredBlob,
} from '../blob-store.js';
import { checkRange, resolveRange } from '../byte-range.js';
import { type Digest, digestFromHex, hexOf, isDigestHex, parseDigest } from '../digest.js';
import { type PageRequest, parseListOptions, takePage } from '../page.js';
import { notFound, verified } from '../verified.js';
import { connect, type S3Connection } from './connection.js';
import { download } from './download.js';
import { codeOf, isAbsent } from './failure.js';
import {
  checkOptions,
  defaultPartBytes,
  defaultPartsInFlight,
  maxCopyBytes,
  type S3BlobStoreOptions,
} from './options.js';
import { type StagedContent, stageContent } from './staged-content.js';
import { type PartOptions, uploadInParts, uploadWhole } from './upload.js';

const maxLifetimeSeconds = 7 * 24 * 60 * 60;

/** A driver that always makes addresses. */
export type S3BlobStore = BlobStore & Required<Pick<BlobStore, 'presignGet'>>;

/**
 * A store in a bucket of any S3 store: the object `sha256/<64 hexadecimal digits>` behind the key prefix is the blob, byte for byte.
 * @throws ModaError BLOB_STORE_INVALID, BLOB_STORE_REFUSED, BLOB_STORE_UNREACHABLE
 */
export async function openS3BlobStore(options: S3BlobStoreOptions): Promise<S3BlobStore> {
  checkOptions(options);
  const connection = connect(options);
  await ensureBucket(connection);
  return new BucketStore(connection, `${options.keyPrefix ?? ''}sha256/`, {
    partSizeBytes: options.partSizeBytes ?? defaultPartBytes,
    partsInFlight: options.partsInFlight ?? defaultPartsInFlight,
    temporaryFolder: options.temporaryFolder ?? tmpdir(),
  });
}

async function ensureBucket({ client, bucket, send }: S3Connection): Promise<void> {
  if (await send(() => client.bucketExists(bucket))) return;
  try {
    await send(() => client.makeBucket(bucket));
  } catch (error) {
    // Another process was quicker.
    const code = error instanceof ModaError ? error.details['cause'] : codeOf(error);
    if (code !== 'BucketAlreadyOwnedByYou') throw error;
  }
}

class BucketStore implements S3BlobStore {
  constructor(
    private readonly connection: S3Connection,
    /** What stands before the hexadecimal digits. */
    private readonly keyPrefix: string,
    private readonly options: PartOptions & { readonly temporaryFolder: string },
  ) {}

  async put(content: BlobContent, { expected }: PutOptions = {}): Promise<StoredBlob> {
    const { partSizeBytes, temporaryFolder } = this.options;
    const staged = await stageContent(content, expected, partSizeBytes, temporaryFolder);
    try {
      if (!(await this.renew(staged.blob))) await this.upload(staged);
      return staged.blob;
    } finally {
      await staged.dispose();
    }
  }

  async *get(text: string, range: ByteRange = {}): AsyncGenerator<Uint8Array> {
    const digest = parseDigest(text);
    checkRange(range);
    const { start = 0, end } = range;
    if (start === 0 && end === undefined) {
      yield* verified(digest, this.download(digest, 0));
      return;
    }
    const found = await this.statOf(digest);
    if (found === undefined) throw notFound(digest);
    const part = resolveRange(range, found.sizeBytes);
    // S3 has no range without bytes.
    const pieces = part.start === part.end ? nothing() : this.download(digest, part.start, part.end);
    yield* part.whole ? verified(digest, pieces) : pieces;
  }

  async stat(text: string): Promise<BlobStat | undefined> {
    return this.statOf(parseDigest(text));
  }

  async has(text: string): Promise<boolean> {
    return (await this.stat(text)) !== undefined;
  }

  async delete(text: string): Promise<void> {
    const { client, bucket, send } = this.connection;
    const key = this.keyOf(parseDigest(text));
    await send(() => client.removeObject(bucket, key));
  }

  async list(options?: ListOptions): Promise<BlobPage> {
    const request = parseListOptions(options);
    return takePage(request.limit, this.entries(request));
  }

  async presignGet(
    text: string,
    { expiresInSeconds }: { readonly expiresInSeconds: number },
  ): Promise<string> {
    const { publicClient, bucket, send } = this.connection;
    const key = this.keyOf(parseDigest(text));
    if (!(
      Number.isSafeInteger(expiresInSeconds) &&
      expiresInSeconds >= 1 &&
      expiresInSeconds <= maxLifetimeSeconds
    ))
      throw new ModaError(
        'BLOB_RANGE_INVALID',
        `An address cannot live for ${expiresInSeconds} s; give 1 to ${maxLifetimeSeconds} s.`,
        { expiresInSeconds },
      );
    return send(() => publicClient.presignedGetObject(bucket, key, expiresInSeconds));
  }

  private async upload(content: StagedContent): Promise<void> {
    const key = this.keyOf(content.blob.digest);
    if (content.blob.sizeBytes <= this.options.partSizeBytes)
      await uploadWhole(this.connection, key, content);
    else await uploadInParts(this.connection, key, content, this.options);
  }

  /**
   * Makes a blob new that is there already, by a copy onto itself, so that its bytes need not travel again. False where it has to be
   * uploaded: it is absent, of another size, or too long to be copied.
   */
  private async renew({ digest, sizeBytes }: StoredBlob): Promise<boolean> {
    const { client, bucket, send } = this.connection;
    const found = await this.statOf(digest);
    if (found?.sizeBytes !== sizeBytes || sizeBytes > maxCopyBytes) return false;
    const object = { Bucket: bucket, Object: this.keyOf(digest) };
    const source = new CopySourceOptions(object);
    const target = new CopyDestinationOptions({
      ...object,
      MetadataDirective: 'REPLACE',
      Headers: { 'Content-Type': 'application/octet-stream' },
    });
    return send(async () => {
      try {
        await client.copyObject(source, target);
        return true;
      } catch (error) {
        // Deleted since.
        if (isAbsent(error)) return false;
        throw error;
      }
    });
  }

  private download(digest: Digest, start: number, end?: number): AsyncGenerator<Uint8Array> {
    return download(this.connection, this.keyOf(digest), () => notFound(digest), start, end);
  }

  private async statOf(digest: Digest): Promise<BlobStat | undefined> {
    const { client, bucket, send } = this.connection;
    return send(async () => {
      try {
        const { size, lastModified } = await client.statObject(bucket, this.keyOf(digest));
        return { sizeBytes: size, modifiedAt: lastModified };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    });
  }

  private keyOf(digest: Digest): string {
    return this.keyPrefix + hexOf(digest);
  }

  private async *entries({ prefix, after, limit }: PageRequest): AsyncGenerator<BlobEntry> {
    const { client, bucket, send } = this.connection;
    let lastKey = after === '' ? '' : this.keyPrefix + after;
    for (let more = true; more;) {
      const startAfter = lastKey;
      // One more than the page holds, since that is what the page asks for.
      const answer = await send(() =>
        client.listObjectsV2Query(bucket, this.keyPrefix + prefix, '', '', limit + 1, startAfter),
      );
      for (const { name, size, lastModified } of answer.objects) {
        if (name === undefined) continue;
        lastKey = name;
        const hex = name.slice(this.keyPrefix.length);
        // Anything else under the prefix is not the store's.
        if (isDigestHex(hex))
          yield { digest: digestFromHex(hex), sizeBytes: Number(size), modifiedAt: lastModified };
      }
      more = answer.isTruncated && lastKey !== startAfter;
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
