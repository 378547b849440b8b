import type { Store } from '@moda/service-kit/database';
import { eq } from 'drizzle-orm';
import type { VersionRecord, VersionState } from '../catalogue.js';
import { nextNumber } from '../clock.js';
import { stateChanges, versions } from '../schema/index.js';
import { versionKey } from '../version-key.js';
import { versionById } from '../version-records.js';
import { leaveLatest, raiseLatest } from './aliases.js';
import { renewNewest, setListing } from './newest.js';

export async function setState(
  store: Store,
  versionId: string,
  state: VersionState,
  message: string | undefined,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<VersionRecord | undefined> {
  const number = await nextNumber(store, 'publications');
  const before = await versionById(store, versionId);
  if (before === undefined) return undefined;
  const [changed] = await store
    .update(versions)
    .set({ stateMessage: message ?? null })
    .where(eq(versions.id, versionId))
    .returning({ number: versions.number });
  await setListing(store, changed!.number, { state });
  const version = { ...before, state, stateMessage: message };
  await store.insert(stateChanges).values({ versionId, state, message, by, at });
  if (state === before.state) return version;
  await renewNewest(store, version, number);
  const reason = `${version.version} was ${state === 'yanked' ? 'yanked' : 'restored'}`;
  if (state === 'yanked') await leaveLatest(store, version, { by, at, reason });
  // Back from where it could not be named: as if it were released now.
  else if (before.state === 'yanked' && !versionKey(version.version).prerelease)
    await raiseLatest(store, version, { by, at, reason });
  return version;
}
