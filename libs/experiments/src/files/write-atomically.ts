import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { notWritten } from './not-written.js';
import { reasonOf } from './read-input.js';

/**
 * Writes a file so that a reader, or a crash at any moment, sees the old content or the new one, never a part: a temporary
 * file beside it, fsync, rename, fsync of the folder.
 *
 * @throws ModaError OUTPUT_EXISTS where the place is impossible, OUTPUT_NOT_WRITABLE, DISK_FULL
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // Where the place itself is impossible there is nothing to remove either.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw notWritten(`write ${path}`, path, error, reasonFor(path, error));
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Of a file that is to be made, it is the folder that does not exist. */
function reasonFor(path: string, error: unknown): string {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return missing ? `the folder ${dirname(path)} does not exist` : reasonOf(error);
}
