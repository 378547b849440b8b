import { randomUUID } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ModaError } from '@moda/contracts';
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
import { chunksOf, ContentCheck } from '../content-check.js';
import { type Digest, parseDigest } from '../digest.js';
import { type PageRequest, parseListOptions, takePage } from '../page.js';
import { notFound, verified } from '../verified.js';
import { fileErrorCode, fileFailure } from './file-failure.js';
import { digestAt, isShardName, type Layout, layoutOf, placeOf } from './layout.js';
import { readPieces } from './read-pieces.js';
import { sweepFolder } from './sweep.js';
import { syncFolder } from './sync-folder.js';

export interface FilesystemBlobStoreOptions {
  /** The store's own folder; made where it is absent. */
  readonly folder: string;
}

export interface FilesystemBlobStore extends BlobStore {
  /**
   * Removes the temporary files that puts of killed processes left behind, and says how many. Give an age (ms) that no put reaches
   * between two of its pieces: a file that is still written to is young.
   * @throws ModaError BLOB_RANGE_INVALID
   */
  sweepTemporaries(olderThanMs: number): Promise<number>;
}

/**
 * A store in a folder, which any number of processes may share. A blob is written to a temporary file of the same file system, its
 * bytes are forced to disk, then it is renamed to its place and the name is forced to disk: a kill or a power cut at any moment
 * leaves a whole blob or a temporary file.
 * @throws ModaError BLOB_STORE_UNREACHABLE
 */
export async function openFilesystemBlobStore({
  folder,
}: FilesystemBlobStoreOptions): Promise<FilesystemBlobStore> {
  const layout = layoutOf(resolve(folder));
  const store = new FolderStore(layout);
  await store.disk(mkdir(layout.temporaryFolder, { recursive: true }));
  await store.disk(syncFolder(layout.root));
  return store;
}

class FolderStore implements FilesystemBlobStore {
  constructor(private readonly layout: Layout) {}

  async put(content: BlobContent, { expected }: PutOptions = {}): Promise<StoredBlob> {
    const check = new ContentCheck(expected);
    const temporary = join(this.layout.temporaryFolder, randomUUID());
    try {
      const stored = await this.writeTemporary(temporary, content, check);
      await this.disk(this.moveToPlace(temporary, stored.digest));
      return stored;
    } finally {
      // Gone already where all went well. What cannot be removed now, a sweep removes later.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async *get(text: string, range: ByteRange = {}): AsyncGenerator<Uint8Array> {
    const digest = parseDigest(text);
    checkRange(range);
    const file = await this.openBlob(digest);
    try {
      const { size } = await this.disk(file.stat());
      const { start, end, whole } = resolveRange(range, size);
      const pieces = this.readingFrom(readPieces(file, digest, start, end));
      yield* whole ? verified(digest, pieces) : pieces;
    } finally {
      await file.close();
    }
  }

  async stat(text: string): Promise<BlobStat | undefined> {
    return this.statOf(parseDigest(text));
  }

  async has(text: string): Promise<boolean> {
    return (await this.stat(text)) !== undefined;
  }

  async delete(text: string): Promise<void> {
    const { folder, path } = placeOf(this.layout, parseDigest(text));
    try {
      await rm(path);
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw fileFailure(error, this.layout.root);
      await this.requireRoot();
      return;
    }
    // The folder stays: somebody may be about to rename a blob into it.
    await this.disk(syncFolder(folder));
  }

  async list(options?: ListOptions): Promise<BlobPage> {
    const request = parseListOptions(options);
    return takePage(request.limit, this.entries(request));
  }

  async sweepTemporaries(olderThanMs: number): Promise<number> {
    if (!(olderThanMs >= 0))
      throw new ModaError(
        'BLOB_RANGE_INVALID',
        `A file cannot be ${olderThanMs} ms old; give an age from 0 ms.`,
      );
    return this.disk(sweepFolder(this.layout.temporaryFolder, olderThanMs, Date.now()));
  }

  /** Says in words what a failed file operation means. */
  async disk<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw fileFailure(error, this.layout.root);
    }
  }

  /** Failures of the disk get their sentence; what the content throws is not touched. */
  private async writeTemporary(path: string, content: BlobContent, check: ContentCheck): Promise<StoredBlob> {
    const file = await this.disk(open(path, 'wx'));
    try {
      for await (const chunk of chunksOf(content)) {
        check.take(chunk);
        await this.disk(file.appendFile(chunk));
      }
      const stored = check.finish();
      await this.disk(file.sync());
      return stored;
    } finally {
      await file.close();
    }
  }

  private async moveToPlace(temporary: string, digest: Digest): Promise<void> {
    const { folder, path } = placeOf(this.layout, digest);
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await syncFolder(this.layout.root);
    // Over a blob that is there already: the bytes are the same, or healed, and the time is that of the last put.
    await rename(temporary, path);
    await syncFolder(folder);
  }

  private async openBlob(digest: Digest): Promise<FileHandle> {
    try {
      return await open(placeOf(this.layout, digest).path, 'r');
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw fileFailure(error, this.layout.root);
      await this.requireRoot();
      throw notFound(digest);
    }
  }

  private async *readingFrom(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces;
    } catch (error) {
      throw fileFailure(error, this.layout.root);
    }
  }

  private async statOf(digest: Digest): Promise<BlobStat | undefined> {
    try {
      const { size, mtime } = await stat(placeOf(this.layout, digest).path);
      return { sizeBytes: size, modifiedAt: mtime };
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw fileFailure(error, this.layout.root);
      await this.requireRoot();
      return undefined;
    }
  }

  /** A disk that is not mounted must not look like a store without blobs. */
  private async requireRoot(): Promise<void> {
    await this.disk(access(this.layout.temporaryFolder));
  }

  private async *entries({ prefix, after }: PageRequest): AsyncGenerator<BlobEntry> {
    const shards = (await this.disk(readdir(this.layout.root))).filter(isShardName).sort();
    for (const shard of shards) {
      // Empty strings begin everything and come before everything.
      if (!shard.startsWith(prefix.slice(0, 2)) || shard < after.slice(0, 2)) continue;
      for (const name of (await this.disk(readdir(join(this.layout.root, shard)))).sort()) {
        const digest = digestAt(shard, name);
        if (digest === undefined || !(shard + name).startsWith(prefix) || shard + name <= after) continue;
        const found = await this.statOf(digest);
        // Undefined where it was deleted since the folder was read.
        if (found !== undefined) yield { digest, ...found };
      }
    }
  }
}
