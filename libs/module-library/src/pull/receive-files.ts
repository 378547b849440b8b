import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageFile } from '@moda/module-format';
import { downloadFile, openLanes } from '../download/download-file.js';
import type { DownloadOptions } from '../download/download-source.js';
import { writeAtomically } from '../files/write-atomically.js';
import { writeFailure } from '../files/write-failure.js';
import { digestFile } from '../package/digest-file.js';
import type { CheckedOffer, OfferedFile } from './check-offer.js';
import type { ContentCache } from './content-cache.js';

export interface ReceivedFiles {
  /** With all digests. */
  readonly files: readonly PackageFile[];
  /** What came over the network. */
  readonly transferredBytes: number;
}

/** Gets every file of a package into a folder: from what is there already, from the cache, or from the network, side by side. */
export async function receiveFiles(
  offer: CheckedOffer,
  folder: string,
  cache: ContentCache,
  renew: (path: string) => Promise<string>,
  options: DownloadOptions,
): Promise<ReceivedFiles> {
  const lanes = openLanes(options.connections);
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  let failure: { readonly error: unknown } | undefined;
  const received = await Promise.all(
    offer.files.map(async (file) => {
      try {
        return await receiveFile(file);
      } catch (error) {
        // The first failure is the one to tell of; it ends the others, which are waited for.
        failure ??= { error };
        failed.abort();
        return undefined;
      }
    }),
  );
  lanes.close();
  if (failure !== undefined) throw failure.error;
  const files = received.filter((file) => file !== undefined);
  return {
    files: files.map(({ path, digest, sizeBytes }) => ({ path, digest, sizeBytes })),
    transferredBytes: files.reduce((sum, file) => sum + file.transferredBytes, 0),
  };

  async function receiveFile(
    file: OfferedFile,
  ): Promise<PackageFile & { readonly transferredBytes: number }> {
    const { path, sizeBytes } = file;
    const place = join(folder, path);
    const there = await preparePlace(file, place);
    if (there !== undefined) {
      options.onBytes?.(sizeBytes);
      return { path, digest: there, sizeBytes, transferredBytes: 0 };
    }
    const identity = file.digest ?? `${offer.identity} ${path}`;
    const source = { ...file, identity, renew: () => renew(path) };
    const { digest, transferredBytes } = await downloadFile(source, place, { ...options, signal }, lanes);
    if (file.digest !== undefined) await cache.keep(digest, place);
    return { path, digest, sizeBytes, transferredBytes };
  }

  async function preparePlace(file: OfferedFile, place: string): Promise<string | undefined> {
    try {
      await mkdir(dirname(place), { recursive: true });
      return await fileHere(file, place, cache);
    } catch (error) {
      throw writeFailure(error, place);
    }
  }
}

/** The digest of a file that needs no download. */
async function fileHere(file: OfferedFile, place: string, cache: ContentCache): Promise<string | undefined> {
  if (file.content !== undefined) {
    await writeAtomically(place, file.content);
    return file.digest;
  }
  const left = await lstat(place).catch(() => undefined);
  if (left?.isFile() && left.size === file.sizeBytes) {
    const { digest } = await digestFile(place);
    // Of what is cut while it is sent, the digest of the package will tell whether these are its bytes.
    if (digest === (file.digest ?? digest)) return digest;
  }
  if (file.digest !== undefined && (await cache.take(file.digest, place))) return file.digest;
  return undefined;
}
