import { chmod, constants, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileErrorCode } from '../files/reason-of.js';
import { digestFile } from '../package/digest-file.js';

/**
 * Files by their digest, shared by everything that is pulled: a blob store in a folder (`openFilesystemBlobStore` reads it), filled
 * and used by links, so that a file that several folders have lies on disk once. The files are read-only, since a change in one
 * folder would be one in all; nothing is taken from here unless its digest is still right.
 */
export class ContentCache {
  constructor(private readonly folder: string) {}

  /** Puts a file into its place if it is here; false where it is not, or was damaged. */
  async take(digest: string, place: string): Promise<boolean> {
    const path = this.pathOf(digest);
    try {
      if (!(await stat(path)).isFile()) return false;
      if ((await digestFile(path)).digest !== digest) {
        await rm(path, { force: true });
        return false;
      }
      await linkOrCopy(path, place);
      return true;
    } catch (error) {
      if (fileErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Remembers a file whose digest was checked. Where that does not work, the next pull fetches it again and that is all. */
  async keep(digest: string, file: string): Promise<void> {
    const path = this.pathOf(digest);
    const temporary = join(this.folder, 'temporary', randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true });
      await mkdir(dirname(path), { recursive: true });
      await linkOrCopy(file, temporary);
      await chmod(temporary, 0o444);
      await rename(temporary, path);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    } finally {
      // A rename of one name of a file over another name of it does nothing, and leaves both.
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  private pathOf(digest: string): string {
    // Nothing else may become a path.
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`${digest} is no digest`);
    const hex = digest.slice('sha256:'.length);
    return join(this.folder, hex.slice(0, 2), hex.slice(2));
  }
}

/** One file under two names, or a copy where the place is on another disk or knows no links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
