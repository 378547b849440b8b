import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModaError } from '@moda/contracts';
import { reasonOf } from './read-input.js';

/**
 * Writes a file so that a reader, or a crash at any moment, sees the old content or the new one, never a part: a temporary
 * file beside it, fsync, rename, fsync of the folder.
 *
 * @throws ModaError OUTPUT_EXISTS where the place cannot be written to
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
    throw notWritten(path, error);
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function notWritten(path: string, error: unknown): ModaError {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const reason = missing ? `the folder ${dirname(path)} does not exist` : reasonOf(error);
  return new ModaError('OUTPUT_EXISTS', `Cannot write ${path}: ${reason}.`, { path });
}
