import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity } from './process-identity.mjs';

/** @typedef {import('./process-identity.mjs').ProcessIdentity} ProcessIdentity */

const POLL_MS = 100;
const BEAT_MS = 5_000;
// A holder on another machine or in another container cannot be asked; it is given up when it stops beating this long.
const SILENT_MS = 60_000;
// Between creating a lock and writing its holder into it lies a moment in which it is empty.
const UNWRITTEN_MS = 5_000;

/**
 * One installation at a time per cache. The lock only saves work: results are put in place by a rename of a folder that
 * belongs to one process, so two holders (which a shared disk can bring about) could not harm each other.
 * @param {string} file
 * @param {{ onWait?: (pid: number | null) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function takeInstallLock(file, { onWait, signal } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  const own = JSON.stringify(ownIdentity());
  let said = false;
  while (!(await tryTake(file, own))) {
    const holder = await readHolder(file);
    if (holder === 'none') continue;
    if (holder === 'stale') {
      await removeStale(file);
      continue;
    }
    if (!said) onWait?.(holder.pid);
    said = true;
    await sleep(POLL_MS, undefined, signal ? { signal } : {});
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    if ((await readFile(file, 'utf8').catch(() => '')) === own) await rm(file, { force: true });
  };
}

/**
 * @param {string} file
 * @param {string} own
 */
async function tryTake(file, own) {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(own);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Promise<'none' | 'stale' | { pid: number | null }>}
 */
async function readHolder(file) {
  try {
    const silentMs = Date.now() - (await stat(file)).mtimeMs;
    const holder = parseIdentity(await readFile(file, 'utf8'));
    if (holder === null) return silentMs > UNWRITTEN_MS ? 'stale' : { pid: null };
    const dead = holder.host === ownIdentity().host ? !isAlive(holder) : silentMs > SILENT_MS;
    return dead ? 'stale' : { pid: holder.pid };
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return 'none';
    throw error;
  }
}

/** @param {string} file */
async function removeStale(file) {
  const aside = `${file}.stale-${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}

/**
 * @param {string} text
 * @returns {ProcessIdentity | null}
 */
function parseIdentity(text) {
  try {
    const { pid, host, started } = /** @type {Partial<ProcessIdentity>} */ (JSON.parse(text));
    return typeof pid === 'number' && typeof host === 'string' && typeof started === 'string'
      ? { pid, host, started }
      : null;
  } catch {
    return null;
  }
}
