import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Store } from './database.js';
import { rowsOf } from './rows.js';
import type { DatabaseName } from './failure.js';

/** The same place from the sources and from what was built of them. */
export const migrations = {
  migrationsFolder: join(import.meta.dirname, '..', '..', '..', 'migrations'),
  migrationsSchema: 'drizzle',
  migrationsTable: 'registry_migrations',
} as const;

/**
 * A program that does not know the last change of the tables would damage what it does not understand.
 *
 * @throws ModaError DATABASE_NEWER
 */
export async function refuseNewer(store: Store, database: DatabaseName): Promise<void> {
  const table = sql`${sql.identifier(migrations.migrationsSchema)}.${sql.identifier(migrations.migrationsTable)}`;
  const there = await rowsOf<{ there: boolean }>(
    store,
    sql`select to_regclass(${`${migrations.migrationsSchema}.${migrations.migrationsTable}`}) is not null as there`,
  );
  if (there[0]?.there !== true) return;
  const applied = await rowsOf<{ last: string | number | null }>(
    store,
    sql`select max(created_at) as last from ${table}`,
  );
  const known = readMigrationFiles(migrations).at(-1)?.folderMillis ?? 0;
  if (Number(applied[0]?.last ?? 0) > known)
    throw new ModaError(
      'DATABASE_NEWER',
      `The tables of ${database} were made by a newer version of this program; start that version, or name another database.`,
      { database },
    );
}
