import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArchivedFile, RunArchive } from './run-archive.js';

/** Whoever finds these takes what is beside them for complete. */
const lastNames = ['model/module.json', 'spec.json'];

/**
 * Writes what the archive has of a run into a folder, where it is missing there; what is there stays. Each file appears all at once, its bytes
 * checked, with the time that it was changed.
 *
 * @param names of files; one that ends with a slash stands for all below; all of them if left out
 * @returns the names that were written
 * @throws ModaError of the archive; what was written by then is whole
 */
export async function materialise(
  archive: Pick<RunArchive, 'files' | 'read'>,
  id: string,
  folder: string,
  names?: readonly string[],
): Promise<readonly string[]> {
  const isWanted = ({ name }: ArchivedFile) =>
    names === undefined || names.some((each) => (each.endsWith('/') ? name.startsWith(each) : name === each));
  const files = (await archive.files(id)).filter(isWanted);
  files.sort((a, b) => lastNames.indexOf(a.name) - lastNames.indexOf(b.name));
  const written: string[] = [];
  for (const file of files) {
    const path = join(folder, ...file.name.split('/'));
    if (await exists(path)) continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await write(path, archive.read(id, file.name), file.changedAt);
    written.push(file.name);
  }
  return written;
}

async function write(path: string, content: AsyncIterable<Uint8Array>, changedAt: Date): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.partial`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      for await (const bytes of content) await file.appendFile(bytes);
      // Whoever mirrors the folder knows by it that there is nothing new.
      await file.utimes(changedAt, changedAt);
      await file.sync();
    } finally {
      await file.close();
    }
    // Not over what somebody else has made meanwhile.
    await link(temporary, path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
