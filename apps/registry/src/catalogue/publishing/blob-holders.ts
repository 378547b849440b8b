import type { PackageManifest } from '@moda/module-format';
import type { Store } from '@moda/service-kit/database';
import { blobReferences } from '../schema/index.js';

/** Protects the blobs of a package: its files and its manifest. */
export async function referTo(
  store: Store,
  digest: string,
  files: PackageManifest,
  holder: { readonly draftId: string } | { readonly compositionId: string },
): Promise<void> {
  const digests = new Set([digest, ...files.files.map((file) => file.digest)]);
  await store.insert(blobReferences).values(Array.from(digests, (each) => ({ digest: each, ...holder })));
}
