import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** The Go module that requires the programs, and the manifests they are started with. */
export const sourcesFolder = join(import.meta.dirname, '..', '..', 'control-plane');

/**
 * Where what is built from these sources lies: in the cache that all clones share, under a name that changes with the sources.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [sources]
 * @returns {string}
 */
export function builtFolder(env, sources = sourcesFolder) {
  const cache =
    env['MODA_CACHE'] || join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'moda');
  return join(cache, 'kubernetes', sourcesDigest(sources));
}

/**
 * A short digest of all files of a folder, their names included.
 * @param {string} folder
 * @returns {string} 16 hexadecimal digits
 */
export function sourcesDigest(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const { path, name } of files) hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
