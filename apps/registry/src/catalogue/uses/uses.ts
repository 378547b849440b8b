import type { Store } from '@moda/service-kit/database';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Use, UseCounts } from '../catalogue.js';
import { nextNumber } from '../clock.js';
import { uses, versions } from '../schema/index.js';

const recentMs = 30 * 24 * 60 * 60 * 1000;

/** One per client, version and day (UTC); false for another, and where there is no such version. */
export async function countUse(
  store: Store,
  { versionId, compositionId, client, at }: Use,
): Promise<boolean> {
  const number = await nextNumber(store, 'uses');
  const known = await store.$count(versions, eq(versions.id, versionId));
  if (known === 0) return false;
  const day = at.toISOString().slice(0, 10);
  const counted = await store
    .insert(uses)
    .values({ number, versionId, compositionId, client, day, at })
    .onConflictDoNothing()
    .returning({ number: uses.number });
  if (counted.length === 0) return false;
  await store
    .update(versions)
    .set({ uses: sql`${versions.uses} + 1` })
    .where(eq(versions.id, versionId));
  return true;
}

export async function usesOf(store: Store, versionId: string, now: Date): Promise<UseCounts> {
  const [version] = await store
    .select({ total: versions.uses })
    .from(versions)
    .where(eq(versions.id, versionId));
  const since = new Date(now.getTime() - recentMs);
  const last30Days = await store.$count(uses, and(eq(uses.versionId, versionId), gt(uses.at, since)));
  return { total: version?.total ?? 0, last30Days };
}
