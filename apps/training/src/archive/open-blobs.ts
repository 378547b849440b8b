import { type BlobStore, openFilesystemBlobStore, openS3BlobStore } from '@moda/blob-store';
import { isModaError } from '@moda/contracts';
import type { BlobPlace, Logger } from '@moda/service-kit';

/** About a second: whoever copies tries again anyway, and whoever reads wants an answer. */
const retry = { attempts: 4 };

/**
 * The store that the environment describes; S3 where it is, files otherwise. One that does not answer is opened once it is asked for
 * something: training does not wait for it.
 *
 * @throws ModaError BLOB_STORE_INVALID, BLOB_STORE_REFUSED
 */
export function openBlobs(place: BlobPlace, logger: Logger): Promise<BlobStore> {
  return openedWhenReachable(
    () => (place.kind === 'folder' ? openFilesystemBlobStore(place) : openS3BlobStore({ ...place, retry })),
    (error) =>
      logger.warn({ err: error }, 'The blob store does not answer; it is asked again when it is wanted.'),
  );
}

export async function openedWhenReachable(
  open: () => Promise<BlobStore>,
  onUnreachable: (error: unknown) => void,
): Promise<BlobStore> {
  let opened: BlobStore | undefined;
  const store = async (): Promise<BlobStore> => (opened ??= await open());
  try {
    return await store();
  } catch (error) {
    if (!isModaError(error) || error.code !== 'BLOB_STORE_UNREACHABLE') throw error;
    onUnreachable(error);
  }
  return {
    put: async (content, options) => (await store()).put(content, options),
    async *get(digest, range) {
      yield* (await store()).get(digest, range);
    },
    stat: async (digest) => (await store()).stat(digest),
    has: async (digest) => (await store()).has(digest),
    delete: async (digest) => (await store()).delete(digest),
    list: async (options) => (await store()).list(options),
  };
}
