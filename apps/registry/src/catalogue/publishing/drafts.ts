import { packageDigest } from '@moda/module-format';
import { type Store, withoutNulls } from '@moda/service-kit/database';
import { eq, lte } from 'drizzle-orm';
import type { DraftOutcome, DraftRecord, DraftRequest } from '../catalogue.js';
import { drafts } from '../schema/index.js';
import { versionKey } from '../version-key.js';
import { versionByName } from '../version-records.js';
import { referTo } from './blob-holders.js';

/** A draft does not reserve its name: one that is never released must not keep others from it. The first release wins. */
export async function announce(
  store: Store,
  request: DraftRequest,
  fresh: { readonly id: string; readonly createdAt: Date },
): Promise<DraftOutcome> {
  // Refuses what is no version now and not only at the release.
  versionKey(request.version);
  const digest = packageDigest(request.package);
  const released = await versionByName(store, request, request.version);
  if (released !== undefined)
    return released.digest === digest
      ? { kind: 'released', version: released }
      : { kind: 'conflict', existingDigest: released.digest };
  const [row] = await store
    .insert(drafts)
    .values({ ...request, ...fresh, digest })
    .returning();
  await referTo(store, digest, request.package, { draftId: fresh.id });
  return { kind: 'draft', draft: withoutNulls(row!) };
}

export async function findDraft(store: Store, id: string): Promise<DraftRecord | undefined> {
  const [row] = await store.select().from(drafts).where(eq(drafts.id, id));
  return row && withoutNulls(row);
}

/** What it protected is protected no more. */
export async function abandon(store: Store, id: string): Promise<void> {
  await store.delete(drafts).where(eq(drafts.id, id));
}

export async function expireDrafts(store: Store, now: Date): Promise<number> {
  const gone = await store.delete(drafts).where(lte(drafts.expiresAt, now)).returning({ id: drafts.id });
  return gone.length;
}
