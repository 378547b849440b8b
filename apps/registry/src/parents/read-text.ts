import { type BlobStore, readBlob } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import type { PackageFile } from '@moda/module-format';

/**
 * A text file of a package. Its size is bounded by whoever let it in.
 *
 * @throws ModaError MODEL_INVALID where it is not UTF-8, and what the store throws
 */
export async function readText(
  blobs: Pick<BlobStore, 'get'>,
  { path, digest }: Pick<PackageFile, 'path' | 'digest'>,
): Promise<string> {
  const bytes = await readBlob(blobs, digest);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ModaError('MODEL_INVALID', `The file ${path} is not valid UTF-8; write it anew.`, { path });
  }
}
