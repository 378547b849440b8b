import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is built and copied, read from `build.json` beside the Go module.
 * @typedef {object} BuildRecipe
 * @property {readonly { name: string, package: string, module: string }[]} programs In the order of building; `module` is the folder of the go.mod.
 * @property {string} goFlags
 * @property {readonly { module: string, of: string, folder: string, to: string }[]} copied Folders of a required module that go to `manifests/<to>`.
 * @property {Readonly<Record<string, string>>} rendered Folders below `manifests` and the file that `kubectl kustomize` makes of each.
 */

/**
 * @param {string} sources
 * @returns {BuildRecipe}
 */
export function readBuildRecipe(sources) {
  return JSON.parse(readFileSync(join(sources, 'build.json'), 'utf8'));
}
