import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceDigest } from './source-digest.mjs';

/** Everything that decides what a build makes. */
const builtFrom = ['apps', 'libs', 'nx.json', 'package-lock.json', 'tsconfig.base.json'];

/**
 * Whether the last complete build was made from these sources and is still there. Saves starting Nx to learn the same.
 * @param {string} root Absolute path of the repository.
 */
export function buildIsCurrent(root) {
  try {
    return (
      readFileSync(recordPath(root), 'utf8') === sourceDigest(root, builtFrom) && everythingIsBuilt(root)
    );
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Notes that a build of these sources has just ended well. */
export function recordBuild(root) {
  const path = recordPath(root);
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial-${process.pid}`;
  writeFileSync(partial, sourceDigest(root, builtFrom));
  renameSync(partial, path);
}

function everythingIsBuilt(root) {
  return ['apps', 'libs']
    .flatMap((area) => readdirSync(join(root, area)).map((name) => join(root, area, name)))
    .filter((folder) => existsSync(join(folder, 'tsconfig.json')))
    .every((folder) => existsSync(join(folder, 'dist')));
}

/** Beside the packages, so that installing them anew also builds anew. */
function recordPath(root) {
  return join(root, 'node_modules', '.moda', 'build.sha256');
}
