import { inArray } from 'drizzle-orm';
import type { CatalogueDatabase } from './database/catalogue-database.js';
import { blobReferences } from './schema/index.js';

/** Announcements wait while a blob is removed, so not for more than these at a time. */
const digestsAtATime = 100;

export async function withUnreferenced(
  database: CatalogueDatabase,
  digests: readonly string[],
  remove: (unreferenced: readonly string[]) => Promise<void>,
): Promise<void> {
  const each = [...new Set(digests)];
  for (let start = 0; start < each.length; start += digestsAtATime) {
    const some = each.slice(start, start + digestsAtATime);
    await database.collect(async (store) => {
      const rows = await store
        .selectDistinct({ digest: blobReferences.digest })
        .from(blobReferences)
        .where(inArray(blobReferences.digest, some));
      const referenced = new Set(rows.map(({ digest }) => digest));
      const unreferenced = some.filter((digest) => !referenced.has(digest));
      if (unreferenced.length > 0) await remove(unreferenced);
    });
  }
}
