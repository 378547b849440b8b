import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PodFile } from '../pod-desk/pod-messages.js';
import { isPodFileName } from '../pod-desk/pod-file-names.js';
import { DeskRefusal } from './desk-client.js';
import { ServiceAway } from './for-good.js';

export interface Retrieval {
  readonly files: readonly PodFile[];
  /** Takes them under their names. */
  readonly folder: string;
  readonly get: (name: string) => Promise<IncomingMessage>;
  /** Does a step until the service was there for it. */
  readonly persist: <T>(step: () => Promise<T>) => Promise<T>;
}

/** Writes files of the archive into a folder; one that the archive has by several names is fetched once. */
export async function retrieve({ files, folder, get, persist }: Retrieval): Promise<void> {
  const there = new Map<string, string>();
  for (const { name, digest } of files) {
    // The desk is no stranger, but a path out of the folder would be one.
    if (digest === undefined || !isPodFileName(name)) continue;
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const same = there.get(digest);
    if (same === undefined) await persist(() => download(() => get(name), path, digest));
    else await link(same, path);
    there.set(digest, path);
  }
}

async function download(get: () => Promise<IncomingMessage>, path: string, digest: string): Promise<void> {
  const partial = `${path}.partial`;
  let content: IncomingMessage;
  try {
    content = await get();
  } catch (error) {
    // Removed since it was listed: it is not needed any more.
    if (error instanceof DeskRefusal && error.code.startsWith('ARTIFACT_')) return;
    throw error;
  }
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      done(null, piece);
    },
  });
  try {
    await pipeline(content, hashing, createWriteStream(partial, { mode: 0o600 }));
  } catch (error) {
    await rm(partial, { force: true });
    // A full disk is nothing that passes.
    if (isOfDisk(error)) throw error;
    throw new ServiceAway(error instanceof Error ? error.message : String(error));
  }
  if (`sha256:${hash.digest('hex')}` !== digest) {
    await rm(partial, { force: true });
    throw new ServiceAway('a file arrived damaged');
  }
  await rename(partial, path);
}

function isOfDisk(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'].includes(String(error.code))
  );
}
