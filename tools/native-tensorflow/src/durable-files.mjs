import { mkdir, open, readdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { isAlive, ownIdentity } from './process-identity.mjs';

const OWNED = /\.(?:partial|trash)-(\d+)-(\d+)-[0-9a-f]+$/;

/**
 * Waits until a folder's entries are on the disk. File systems that cannot say so are taken at their word.
 * @param {string} folder
 */
export async function syncFolder(folder) {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that at any moment either the old content or the whole new one is there.
 * @param {string} file
 * @param {string | Uint8Array} content
 * @param {number} [mode]
 */
export async function writeWhole(file, content, mode = 0o644) {
  await mkdir(path.dirname(file), { recursive: true });
  const partial = owned(file, 'partial');
  try {
    const handle = await open(partial, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/**
 * Removes a folder in two moves, so that nobody finds it half removed.
 * @param {string} folder
 */
export async function discard(folder) {
  const trash = owned(folder, 'trash');
  try {
    await rename(folder, trash);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  await rm(trash, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
}

/**
 * Points a link to a target, in place of whatever has its name.
 * @param {string} target
 * @param {string} link
 */
export async function linkTo(target, link) {
  const partial = owned(link, 'partial');
  await symlink(target, partial);
  try {
    await rename(partial, link);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'EISDIR' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await discard(link);
    await rename(partial, link);
  }
}

/**
 * A name for something unfinished that says which process works on it.
 * @param {string} finished
 * @param {'partial' | 'trash'} kind
 */
export function owned(finished, kind) {
  const { pid, started } = ownIdentity();
  return `${finished}.${kind}-${pid}-${started || '0'}-${randomBytes(3).toString('hex')}`;
}

/**
 * What processes that no longer run, or an earlier try of this one, have left unfinished in a folder. To be asked where this
 * process has nothing unfinished in use.
 * @param {string} folder
 * @returns {Promise<string[]>} paths
 */
export async function leftovers(folder) {
  const own = ownIdentity();
  const names = await readdir(folder).catch(() => /** @type {string[]} */ ([]));
  return names
    .filter((name) => {
      const [, pid, started] = OWNED.exec(name) ?? [];
      if (pid === undefined || started === undefined) return false;
      const identity = { pid: Number(pid), host: own.host, started: started === '0' ? '' : started };
      const isOwn = identity.pid === own.pid && identity.started === own.started;
      return isOwn || !isAlive(identity);
    })
    .map((name) => path.join(folder, name));
}

/**
 * Removes what dead processes have left unfinished in the given folders.
 * @param {readonly string[]} folders
 */
export async function sweepLeftovers(folders) {
  for (const folder of folders) {
    for (const leftover of await leftovers(folder)) await rm(leftover, { recursive: true, force: true });
  }
}
