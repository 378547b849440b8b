import type { BlobStore } from '@moda/blob-store';
import type { Catalogue } from '../catalogue/catalogue.js';

export interface CollectionParts {
  readonly catalogue: Pick<Catalogue, 'expireDrafts' | 'withUnreferenced'>;
  readonly blobs: BlobStore;
  readonly clock: () => Date;
  /** Younger blobs stay: somebody may be about to refer to them. An hour where left out. */
  readonly olderThanMs?: number;
  /** Gives up live drafts too: for a registry to which nobody is publishing. */
  readonly dropDrafts?: boolean;
  readonly onProgress?: (soFar: Collection) => void;
}

export interface Collection {
  /** Blobs that something refers to. */
  readonly kept: number;
  readonly removed: number;
  /** Blobs that were spared for their age alone, without asking who refers to them. */
  readonly young: number;
  readonly expiredDrafts: number;
  /** Files that interrupted puts left behind, where the store has such. */
  readonly temporaries: number;
}

/** Later than any draft lives. */
const endOfTime = new Date('9999-12-31T23:59:59Z');

/** Longer than any cut takes from its first stored byte to its row. */
export const defaultGraceMs = 60 * 60 * 1000;

/**
 * Removes the blobs that nothing refers to. Page by page, so that no list of all blobs is ever in memory; each page is removed under the
 * catalogue's lock, which keeps new references out. A kill at any moment leaves garbage, never a gap.
 */
export async function collectGarbage(parts: CollectionParts): Promise<Collection> {
  const { catalogue, blobs, clock, olderThanMs = defaultGraceMs, dropDrafts = false, onProgress } = parts;
  let found: Collection = {
    kept: 0,
    removed: 0,
    young: 0,
    expiredDrafts: await catalogue.expireDrafts(dropDrafts ? endOfTime : clock()),
    temporaries: await sweepTemporaries(blobs, olderThanMs),
  };
  let after: string | undefined;
  do {
    const page = await blobs.list({ after });
    const isOld = (modifiedAt: Date) => modifiedAt.getTime() <= clock().getTime() - olderThanMs;
    const old = page.blobs.filter(({ modifiedAt }) => isOld(modifiedAt)).map(({ digest }) => digest);
    let removed = 0;
    let renewed = 0;
    if (old.length > 0)
      await catalogue.withUnreferenced(old, async (unreferenced) => {
        for (const digest of unreferenced) {
          // Put again since it was listed: somebody is about to refer to it.
          const now = await blobs.stat(digest);
          if (now && !isOld(now.modifiedAt)) renewed += 1;
          else await blobs.delete(digest).then(() => (removed += 1));
        }
      });
    found = {
      ...found,
      kept: found.kept + old.length - removed - renewed,
      removed: found.removed + removed,
      young: found.young + page.blobs.length - old.length + renewed,
    };
    onProgress?.(found);
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function sweepTemporaries(
  blobs: BlobStore & { readonly sweepTemporaries?: (olderThanMs: number) => Promise<number> },
  olderThanMs: number,
): Promise<number> {
  return (await blobs.sweepTemporaries?.(olderThanMs)) ?? 0;
}
