import type { SQL } from 'drizzle-orm';
import type { Store } from './database.js';

/** The rows of a statement that is written out. Whole numbers of 64 bits come as texts from one driver and as numbers from the other. */
export async function rowsOf<Row>(store: Store, statement: SQL): Promise<readonly Row[]> {
  const result = (await store.execute(statement)) as { readonly rows: readonly Row[] };
  return result.rows;
}
