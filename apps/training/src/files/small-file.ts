import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunArchive } from '../archive/run-archive.js';
import type { ReadSmall } from './result-of-run.js';

/** Figures for a page; what is larger is for a download. */
const maxBytes = 2 ** 20;

/** Reads small files of one run: from its folder, or from the archive where they are not there. What is too large to show is left out. */
export function smallFiles(
  archive: Pick<RunArchive, 'file' | 'read'>,
  id: string,
  folder: string,
): ReadSmall {
  return async (name) => {
    const file = await open(join(folder, ...name.split('/')), 'r').catch(() => undefined);
    if (file === undefined) return fromArchive(archive, id, name);
    try {
      const { size } = await file.stat();
      return size > maxBytes ? undefined : await file.readFile();
    } finally {
      await file.close();
    }
  };
}

async function fromArchive(
  archive: Pick<RunArchive, 'file' | 'read'>,
  id: string,
  name: string,
): Promise<Uint8Array | undefined> {
  const found = await archive.file(id, name);
  if (found === undefined || found.sizeBytes > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(id, name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
