import type { Store } from '@moda/service-kit/database';
import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import type { ModelName, VersionState } from '../catalogue.js';
import { modules, versions } from '../schema/index.js';

/** The columns that say from and until which publication a version was the newest, among those of the given states. */
const rankings = [
  { states: ['released'], from: 'newestFrom', until: 'newestUntil' },
  { states: ['released', 'deprecated'], from: 'newestUsableFrom', until: 'newestUsableUntil' },
] as const satisfies readonly { states: readonly VersionState[]; from: string; until: string }[];

/** The versions of a model, those without a pre-release part first, then the highest. */
export function bestFirst(): SQL[] {
  return [asc(versions.prerelease), desc(versions.versionKey), desc(versions.number)];
}

/**
 * Notes which version of a model is the newest after publication `number` changed one of them. A version that was the newest, was
 * succeeded and is so again counts as the newest all the time: its successor is out of sight now, so nobody sees both.
 */
export async function renewNewest(store: Store, { owner, model }: ModelName, number: number): Promise<void> {
  const rows = await store
    .select({
      number: versions.number,
      state: versions.state,
      newestFrom: versions.newestFrom,
      newestUntil: versions.newestUntil,
      newestUsableFrom: versions.newestUsableFrom,
      newestUsableUntil: versions.newestUsableUntil,
    })
    .from(versions)
    .where(and(eq(versions.owner, owner), eq(versions.model, model)))
    .orderBy(...bestFirst());
  for (const [changed, listed] of newestChanges(rows, number)) await setListing(store, changed, listed);
}

type NewestRow = Pick<typeof versions.$inferSelect, 'number' | 'state' | NewestColumn>;
type NewestColumn = 'newestFrom' | 'newestUntil' | 'newestUsableFrom' | 'newestUsableUntil';
type Listed = Partial<Record<NewestColumn, number | null>> & { readonly state?: VersionState };

/** What changes for which version, if publication `number` left the versions (the best first) as they are. */
function newestChanges(rows: readonly NewestRow[], number: number): ReadonlyMap<number, Listed> {
  const changes = new Map<number, Listed>();
  const change = (row: NewestRow, listed: Listed) =>
    changes.set(row.number, { ...changes.get(row.number), ...listed });
  for (const { states, from, until } of rankings) {
    const isNewest = (row: NewestRow) => row[from] !== null && row[until] === null;
    const newest = rows.find(({ state }) => states.some((each) => each === state));
    for (const row of rows) if (row !== newest && isNewest(row)) change(row, { [until]: number });
    if (newest !== undefined && !isNewest(newest))
      change(newest, { [from]: newest[from] ?? number, [until]: null });
  }
  return changes;
}

/** Changes what a version and its modules are found by. */
export async function setListing(store: Store, number: number, listed: Listed): Promise<void> {
  await store.update(versions).set(listed).where(eq(versions.number, number));
  await store.update(modules).set(listed).where(eq(modules.publication, number));
}
