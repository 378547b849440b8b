import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Folders whose content is made from the rest, or is no part of the sources. */
const derived = new Set(['node_modules', 'dist']);

/**
 * A digest of the names and contents of files. Equal digests mean equal sources, whatever the clock or the checkout says.
 * @param {string} root Absolute path of the repository.
 * @param {readonly string[]} paths Files and folders below it; folders are read whole, less what is derived or hidden.
 * @returns {string} SHA-256, hexadecimal.
 */
export function sourceDigest(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((start) => filesBelow(root, start))) {
    const content = readFileSync(join(root, path));
    // The length keeps a name from running into a content.
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesBelow(root, path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter(({ name }) => !derived.has(name) && !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = posix.join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(root, below);
      return entry.isFile() ? [below] : [];
    });
}
