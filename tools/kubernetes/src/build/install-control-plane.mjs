import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildControlPlane } from './build-control-plane.mjs';
import { builtFolder, sourcesFolder } from './control-plane-sources.mjs';

const POLL_MS = 500;
/** Its holder writes its number at once. */
const NAMELESS_LOCK_MS = 10_000;

/**
 * Builds the control plane where it is not built yet. It is built aside and put in place by a rename: whoever is interrupted leaves nothing
 * that looks whole. Who comes second waits for the first, for the build takes all of a small machine.
 * @param {{ env?: NodeJS.ProcessEnv, say?: (line: string) => void, sources?: string }} [options]
 * @returns {Promise<string | undefined>} what is wrong and what to do about it; undefined where all is in place
 */
export async function installControlPlane({
  env = process.env,
  say = () => undefined,
  sources = sourcesFolder,
} = {}) {
  const folder = builtFolder(env, sources);
  if (existsSync(folder)) return undefined;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.building`;
  while (!(await takeLock(lock))) {
    await sleep(POLL_MS);
    if (existsSync(folder)) return undefined;
  }
  const staging = await mkdtemp(`${folder}-`);
  try {
    if (existsSync(folder)) return undefined;
    say(
      'Building a Kubernetes control plane with Go, once for all clones; this takes up to a quarter of an hour.',
    );
    await buildControlPlane(sources, staging, { env, say });
    await rename(staging, folder);
    return undefined;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    return `The Kubernetes control plane could not be built: ${reason}. Install Go 1.25 or newer, see that its module proxy can be reached, and try again.`;
  } finally {
    await rm(staging, { recursive: true, force: true });
    await rm(lock, { recursive: true, force: true });
  }
}

/**
 * A lock is a folder with the number of the process that builds; that of a process which is gone is nobody's.
 * @param {string} lock
 */
async function takeLock(lock) {
  const holder = join(lock, 'pid');
  try {
    await mkdir(lock);
    await writeFile(holder, String(process.pid));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const pid = Number(await readFile(holder, 'utf8').catch(() => ''));
  const abandoned = pid > 0 ? !isAlive(pid) : await isOld(lock);
  if (abandoned) await rm(lock, { recursive: true, force: true });
  return false;
}

/**
 * Its holder was killed between two system calls.
 * @param {string} lock
 */
async function isOld(lock) {
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > NAMELESS_LOCK_MS;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
