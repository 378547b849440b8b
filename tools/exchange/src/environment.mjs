import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The packages and their versions; a copy of this file in an environment says that it holds just these. */
export const requirementsFile = join(import.meta.dirname, '..', 'requirements.txt');

/**
 * Where the Python environment with the reference readers lies: in the cache that all clones share.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function environmentFolder(env) {
  const cache =
    env['MODA_CACHE'] || join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'moda');
  return join(cache, 'exchange-venv');
}

/**
 * The Python of an environment.
 * @param {string} folder
 * @returns {string}
 */
export function pythonIn(folder) {
  return join(folder, 'bin', 'python');
}

/**
 * The copy of the requirements that is written last.
 * @param {string} folder
 * @returns {string}
 */
export function stampIn(folder) {
  return join(folder, 'requirements.txt');
}

/**
 * The Python that has the reference readers in the versions required, or undefined.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findReaders(env = process.env) {
  const folder = environmentFolder(env);
  const [python, stamp] = [pythonIn(folder), stampIn(folder)];
  if (!existsSync(python) || !existsSync(stamp)) return undefined;
  return readFileSync(stamp, 'utf8') === readFileSync(requirementsFile, 'utf8') ? python : undefined;
}
