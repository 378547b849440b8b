import { asc, type SQL } from 'drizzle-orm';
import { withoutNulls } from '../absent.js';
import type { CompositionRecord } from '../catalogue.js';
import type { Store } from '../database/database.js';
import { compositions } from '../schema/index.js';

export function toCompositionRecord({
  number: _,
  ...row
}: typeof compositions.$inferSelect): CompositionRecord {
  return withoutNulls(row);
}

/** The oldest first. */
export async function selectCompositions(
  store: Store,
  where: SQL | undefined,
): Promise<readonly CompositionRecord[]> {
  const rows = await store.select().from(compositions).where(where).orderBy(asc(compositions.number));
  return rows.map(toCompositionRecord);
}
