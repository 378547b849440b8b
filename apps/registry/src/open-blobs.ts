import { type BlobStore, openFilesystemBlobStore, openS3BlobStore } from '@moda/blob-store';
import type { BlobPlace } from '@moda/service-kit';

/** The store that the environment describes; S3 where it is, files otherwise. */
export async function openBlobs(place: BlobPlace): Promise<BlobStore> {
  if (place.kind === 'folder') return openFilesystemBlobStore({ folder: place.folder });
  return openS3BlobStore(place);
}
