import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobContent, PutOptions, StoredBlob } from '../blob-store.js';
import { chunksOf, ContentCheck } from '../content-check.js';
import { damaged } from '../verified.js';
import { fileFailure } from '../filesystem/file-failure.js';

/** Content whose digest is known before the first byte of it leaves. */
export interface StagedContent {
  readonly blob: StoredBlob;
  /** Bytes `start` to `end` (exclusive). */
  readonly read: (start: number, end: number) => Promise<Buffer>;
  readonly dispose: () => Promise<void>;
}

/**
 * Takes all content in. The key of a blob is its digest, which is known at the end only. The other way, an upload under a temporary
 * key and a copy on the server, would store all bytes twice, is limited to 5 GiB a copy, leaves temporary objects in the bucket when
 * the process is killed, and sends what is there already or is not what was announced. So content up to `memoryBytes` is kept in
 * memory, and longer content in a file without a name, which vanishes with the process however it ends.
 * @throws ModaError BLOB_DIGEST_MISMATCH, BLOB_STORE_FULL, BLOB_STORE_UNREACHABLE for the folder
 */
export async function stageContent(
  content: BlobContent,
  expected: PutOptions['expected'],
  memoryBytes: number,
  folder: string,
): Promise<StagedContent> {
  const check = new ContentCheck(expected);
  if (content instanceof Uint8Array) {
    check.take(content);
    return inMemory(check.finish(), Buffer.from(content.buffer, content.byteOffset, content.length));
  }

  const held: Buffer[] = [];
  let file: FileHandle | undefined;
  try {
    for await (const chunk of chunksOf(content)) {
      check.take(chunk);
      if (file === undefined && check.sizeBytes > memoryBytes) {
        file = await disk(folder, openNameless(folder));
        for (const earlier of held.splice(0)) await disk(folder, file.appendFile(earlier));
      }
      if (file === undefined) held.push(Buffer.from(chunk));
      else await disk(folder, file.appendFile(chunk));
    }
    const blob = check.finish();
    return file === undefined ? inMemory(blob, Buffer.concat(held)) : inFile(blob, file, folder);
  } catch (error) {
    await file?.close();
    throw error;
  }
}

function inMemory(blob: StoredBlob, bytes: Buffer): StagedContent {
  return { blob, read: async (start, end) => bytes.subarray(start, end), dispose: async () => undefined };
}

function inFile(blob: StoredBlob, file: FileHandle, folder: string): StagedContent {
  return {
    blob,
    async read(start, end) {
      const bytes = Buffer.allocUnsafeSlow(end - start);
      for (let filled = 0; filled < bytes.length;) {
        const { bytesRead } = await disk(
          folder,
          file.read(bytes, filled, bytes.length - filled, start + filled),
        );
        if (bytesRead === 0) throw damaged(blob.digest, { endedAt: start + filled });
        filled += bytesRead;
      }
      return bytes;
    },
    dispose: () => file.close(),
  };
}

async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, `moda-blob-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}

async function disk<T>(folder: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fileFailure(error, folder);
  }
}
