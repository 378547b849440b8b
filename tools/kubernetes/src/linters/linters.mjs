import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sourcesDigest } from '../build/control-plane-sources.mjs';

/** The Go module that requires kubeconform, and the Python packages, of which hadolint is one. */
export const linterSources = join(import.meta.dirname, '..', '..', 'linters');

/**
 * Programs that check manifests and images. They are run and never linked.
 * @typedef {object} Linters
 * @property {string} kubeconform Manifests against JSON schemas.
 * @property {string} hadolint Dockerfiles.
 */

/**
 * Where the linters of these versions lie: in the cache that all clones share.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [sources]
 * @returns {string}
 */
export function lintersFolder(env, sources = linterSources) {
  const cache =
    env['MODA_CACHE'] || join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'moda');
  return join(cache, 'kubernetes-linters', sourcesDigest(sources));
}

/**
 * The linters, where they are installed.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Linters | undefined}
 */
export function findLinters(env = process.env) {
  const folder = lintersFolder(env);
  // It is put in place by one rename, so it is whole where it is.
  return existsSync(folder)
    ? { kubeconform: join(folder, 'bin', 'kubeconform'), hadolint: join(folder, 'bin', 'hadolint') }
    : undefined;
}
