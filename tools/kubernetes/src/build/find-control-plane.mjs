import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtFolder } from './control-plane-sources.mjs';

/**
 * A control plane that is built.
 * @typedef {object} ControlPlaneProgram
 * @property {string} programs Folder of etcd, kube-apiserver and so on.
 * @property {string} manifests Folder of what Kueue and kwok are started with.
 */

/**
 * The control plane of these sources, where it is built.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {ControlPlaneProgram | undefined}
 */
export function findControlPlane(env = process.env) {
  const folder = builtFolder(env);
  // It is put in place by one rename, so it is whole where it is.
  return existsSync(folder)
    ? { programs: join(folder, 'bin'), manifests: join(folder, 'manifests') }
    : undefined;
}
