import { ModaError } from '@moda/contracts';
import { sql } from 'drizzle-orm';
import { type MigrationConfig, readMigrationFiles } from 'drizzle-orm/migrator';
import type { Store } from './database.js';
import type { DatabaseName } from './failure.js';
import { rowsOf } from './rows.js';

/** The tables of a program and how they came to be. */
export interface Migrations {
  /** Namespace of the tables; the program's name among the connections of a server, too (`moda-<schemaName>`). */
  readonly schemaName: string;
  /** As drizzle-kit wrote it. */
  readonly folder: string;
  /** Tables whose rows come and go, or whose numbers searches rely on: the embedded database keeps these in order. */
  readonly busyTables: readonly string[];
}

/** What was applied is noted beside the tables of all programs, for each in a list of its own. */
export function migrationConfig({ schemaName, folder }: Migrations) {
  return {
    migrationsFolder: folder,
    migrationsSchema: 'drizzle',
    migrationsTable: `${schemaName}_migrations`,
  } as const satisfies MigrationConfig;
}

/**
 * A program that does not know the last change of the tables would damage what it does not understand.
 *
 * @throws ModaError DATABASE_NEWER
 */
export async function refuseNewer(
  store: Store,
  migrations: Migrations,
  database: DatabaseName,
): Promise<void> {
  const config = migrationConfig(migrations);
  const { migrationsSchema, migrationsTable } = config;
  const there = await rowsOf<{ there: boolean }>(
    store,
    sql`select to_regclass(${`${migrationsSchema}.${migrationsTable}`}) is not null as there`,
  );
  if (there[0]?.there !== true) return;
  const table = sql`${sql.identifier(migrationsSchema)}.${sql.identifier(migrationsTable)}`;
  const applied = await rowsOf<{ last: string | number | null }>(
    store,
    sql`select max(created_at) as last from ${table}`,
  );
  const known = readMigrationFiles(config).at(-1)?.folderMillis ?? 0;
  if (Number(applied[0]?.last ?? 0) > known)
    throw new ModaError(
      'DATABASE_NEWER',
      `The tables of ${database} were made by a newer version of this program; start that version, or name another database.`,
      { database },
    );
}
