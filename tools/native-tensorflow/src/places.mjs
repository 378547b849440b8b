import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { NativeFailure } from './native-failure.mjs';

export const PACKAGE_NAME = '@tensorflow/tfjs-node-gpu';

/**
 * The folder that all clones on this machine share.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [cacheDir]
 * @returns {string}
 */
export function cacheFolder(env, cacheDir) {
  const base =
    cacheDir ||
    env['MODA_CACHE'] ||
    (env['XDG_CACHE_HOME']
      ? path.join(env['XDG_CACHE_HOME'], 'moda')
      : path.join(env['HOME'] || homedir(), '.cache', 'moda'));
  return path.join(path.resolve(base), 'native-tensorflow');
}

/**
 * Folder and version of the npm package that TensorFlow is put under.
 * @param {string} [packageDir]
 * @returns {{ folder: string, version: string }}
 * @throws {NativeFailure} NATIVE_PACKAGE_MISSING
 */
export function findPackage(packageDir) {
  try {
    const manifest = packageDir
      ? path.join(path.resolve(packageDir), 'package.json')
      : createRequire(import.meta.url).resolve(`${PACKAGE_NAME}/package.json`);
    const { version } = /** @type {{ version: string }} */ (JSON.parse(readFileSync(manifest, 'utf8')));
    return { folder: path.dirname(manifest), version };
  } catch {
    throw new NativeFailure(
      'NATIVE_PACKAGE_MISSING',
      `The npm package ${PACKAGE_NAME} is not installed${packageDir ? ` in ${packageDir}` : ''}.`,
      'Run `npm ci` in the repository first.',
    );
  }
}

/**
 * The include folder of the npm package with the Node-API headers, looked for from the package that is built.
 * @param {string} packageFolder
 * @returns {string}
 * @throws {NativeFailure} NATIVE_HEADERS_MISSING
 */
export function findNodeApiHeaders(packageFolder) {
  try {
    const manifest = createRequire(path.join(packageFolder, 'package.json')).resolve(
      'node-api-headers/package.json',
    );
    return path.join(path.dirname(manifest), 'include');
  } catch {
    throw new NativeFailure(
      'NATIVE_HEADERS_MISSING',
      'The npm package node-api-headers is not installed.',
      'Run `npm ci` in the repository first.',
    );
  }
}

/**
 * The `node_modules` folder that holds the package.
 * @param {string} packageFolder
 */
export function modulesFolder(packageFolder) {
  return path.resolve(packageFolder, '..', '..');
}
