import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules is what package-lock.json asks for. npm writes its own record as the last act of an installation, so
 * an interrupted one has none.
 * @param {string} root Absolute path of the repository.
 */
export function packagesAreInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  return recordMatchesLock(readPackages(join(root, 'package-lock.json')), readPackages(record));
}

/**
 * @param {Record<string, LockEntry>} lock The `packages` of package-lock.json.
 * @param {Record<string, LockEntry>} record The `packages` of node_modules/.package-lock.json.
 * @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean }} LockEntry
 */
export function recordMatchesLock(lock, record) {
  return Object.entries(lock).every(([path, wanted]) => {
    // The repository itself and its projects are sources, not installed packages; their links are.
    if (!path.includes('node_modules/')) return true;
    const found = record[path];
    // A package for another platform is optional and rightly absent.
    if (!found) return wanted.optional === true;
    return (
      found.version === wanted.version &&
      found.integrity === wanted.integrity &&
      (wanted.link !== true || found.resolved === wanted.resolved)
    );
  });
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}
