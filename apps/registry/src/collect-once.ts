import { openCatalogue } from './catalogue/open-catalogue.js';
import { type Collection, collectGarbage } from './collect/collect-garbage.js';
import type { RegistryEnvironment } from './environment.js';
import { openBlobs } from './open-blobs.js';

/** Removes what nothing refers to, once. The embedded database belongs to one process: then no registry may be running. */
export async function collectOnce(
  environment: RegistryEnvironment,
  { olderThanMs, dropDrafts }: { olderThanMs: number | undefined; dropDrafts: boolean },
): Promise<Collection> {
  const blobs = await openBlobs(environment.blobs);
  const catalogue = await openCatalogue({
    databaseUrl: environment.databaseUrl,
    dataFolder: environment.databaseFolder,
  });
  try {
    return await collectGarbage({ catalogue, blobs, clock: () => new Date(), olderThanMs, dropDrafts });
  } finally {
    await catalogue.close();
  }
}
