import { join } from 'node:path';
import { type Digest, digestFromHex, hexOf, isDigestHex } from '../digest.js';

/**
 * Where things lie under the store's folder: blobs in one of 256 folders by the first byte of their digest, so that no folder grows too
 * long to list, and unfinished ones apart, where no reader looks, but in the same file system, so that a rename is one step.
 */
export interface Layout {
  readonly root: string;
  readonly temporaryFolder: string;
}

export function layoutOf(root: string): Layout {
  return { root, temporaryFolder: join(root, 'temporary') };
}

/** `ab/cdef…` */
export function placeOf(
  { root }: Layout,
  digest: Digest,
): { readonly folder: string; readonly path: string } {
  const hex = hexOf(digest);
  const folder = join(root, hex.slice(0, 2));
  return { folder, path: join(folder, hex.slice(2)) };
}

export function isShardName(name: string): boolean {
  return /^[0-9a-f]{2}$/.test(name);
}

/** The digest of a file in a shard, or undefined for a file that is not of the store. */
export function digestAt(shard: string, fileName: string): Digest | undefined {
  const hex = shard + fileName;
  return isDigestHex(hex) ? digestFromHex(hex) : undefined;
}
