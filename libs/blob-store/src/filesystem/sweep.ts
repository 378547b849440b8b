import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorCode } from './file-failure.js';

/** Removes what was last written to more than `olderThanMs` before `now`, and says how many files that were. */
export async function sweepFolder(folder: string, olderThanMs: number, now: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const modified = await lastModified(path);
    if (modified === undefined || now - modified < olderThanMs) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** Undefined where the file was renamed or removed since it was listed: its put went on. */
async function lastModified(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
