import { type Store, withoutNulls } from '@moda/service-kit/database';
import { asc, type SQL } from 'drizzle-orm';
import type { CompositionRecord } from '../catalogue.js';
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
