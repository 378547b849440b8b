import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileErrorCode } from './reason-of.js';
import { syncFolder } from './sync-folder.js';

/** Writes a file so that a reader, or a crash at any moment, sees the old content or the new one, never a part. */
export async function writeAtomically(
  path: string,
  content: Uint8Array | string,
  mode = 0o666,
): Promise<void> {
  await writing(path, content, mode, (temporary) => rename(temporary, path));
}

/** The same for a file that must not be there yet; false where it is, which is then left alone. */
export async function createAtomically(path: string, content: string, mode = 0o666): Promise<boolean> {
  try {
    await writing(path, content, mode, (temporary) => link(temporary, path));
    return true;
  } catch (error) {
    if (fileErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function writing(
  path: string,
  content: Uint8Array | string,
  mode: number,
  place: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.partial`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(temporary);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  await syncFolder(dirname(path));
}
