import type { BlobStore } from '@moda/blob-store';
import { type Database, lockSpace, type Store } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { referredOf } from './piece-rows.js';
import { inLine } from './in-line.js';

/** Of a shared database: whoever refers to blobs, and whoever removes those that nobody refers to. */
const collectionLock = sql`${sql.raw(String(lockSpace))}, 4`;

/** Blobs, the rows that refer to them, and the care that no blob is removed that is about to be referred to. */
export interface ArchiveBlobs {
  readonly store: BlobStore;
  /**
   * A change that refers to a blob. Meanwhile none is removed.
   *
   * @returns `gone` where the blob is not there any more, and nothing was changed
   */
  refer<T>(digest: string, change: (store: Store) => Promise<T>): Promise<T | 'gone'>;
  /** Nobody refers to them any more as far as the caller knows; they are looked at again a little later. */
  release(digests: readonly string[]): void;
  /** Removes what was released some while ago, for whoever reads it now is to come to its end; says how many. */
  removeReleased(olderThanMs: number): Promise<number>;
  /** Removes all blobs to which nobody refers and that are old enough that nobody is about to; says how many. */
  removeUnreferred(olderThanMs: number): Promise<number>;
}

export interface ArchiveBlobsParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly clock: () => Date;
}

export function openArchiveBlobs({ database, blobs, clock }: ArchiveBlobsParts): ArchiveBlobs {
  // One after the other in this process, so that those who wait for a collector take no connections of a server.
  const line = inLine();
  const released = new Map<string, number>();
  const isOld = async (digest: string, olderThanMs: number): Promise<boolean> => {
    const found = await blobs.stat(digest);
    return found !== undefined && clock().getTime() - found.modifiedAt.getTime() >= olderThanMs;
  };
  const removeIf = (digest: string, isWanted: () => Promise<boolean>): Promise<boolean> =>
    line(() =>
      alone(database, async (store) => {
        if ((await referredOf(store, [digest])).has(digest) || !(await isWanted())) return false;
        await blobs.delete(digest);
        return true;
      }),
    );

  return {
    store: blobs,

    refer: (digest, change) =>
      line(async () => {
        if (!database.shared) return (await blobs.has(digest)) ? database.change(change) : 'gone';
        return database.change(async (store) => {
          await store.execute(sql`select pg_advisory_xact_lock_shared(${collectionLock})`);
          return (await blobs.has(digest)) ? change(store) : 'gone';
        });
      }),

    release(digests) {
      for (const digest of digests) released.set(digest, clock().getTime());
    },

    async removeReleased(olderThanMs) {
      let removed = 0;
      const before = clock().getTime() - olderThanMs;
      for (const [digest, at] of released) {
        if (at > before) continue;
        if (await removeIf(digest, async () => true)) removed += 1;
        released.delete(digest);
      }
      return removed;
    },

    async removeUnreferred(olderThanMs) {
      let removed = 0;
      for (let after: string | undefined, more = true; more;) {
        const page = await blobs.list(after === undefined ? {} : { after });
        const digests = page.blobs.map(({ digest }) => digest);
        const referred =
          digests.length === 0 ? new Set() : await database.read((store) => referredOf(store, digests));
        for (const digest of digests)
          if (!referred.has(digest) && (await isOld(digest, olderThanMs)))
            if (await removeIf(digest, () => isOld(digest, olderThanMs))) removed += 1;
        after = page.next;
        more = after !== undefined;
      }
      return removed;
    },
  };
}

/** Without other processes the line is enough, and no transaction waits for a blob store. */
function alone<T>(database: Database, work: (store: Store) => Promise<T>): Promise<T> {
  if (!database.shared) return database.read(work);
  return database.change(async (store) => {
    // It waits for a blob store, and without its lock the rest of the work would be unsafe.
    await store.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    await store.execute(sql`select pg_advisory_xact_lock(${collectionLock})`);
    return work(store);
  });
}
