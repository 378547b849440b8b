import type { Database } from './database.js';
import type { Migrations } from './migrations.js';
import { openPgliteDatabase } from './pglite-database.js';
import type { PostgresOptions } from './postgres-database.js';

export interface DatabaseOptions {
  readonly migrations: Migrations;
  /** `postgres://user:password@host:port/database` */
  readonly url?: string;
  /** Of the embedded database, which is this process's alone; not looked at where there is an address. Without either, memory. */
  readonly folder?: string;
}

/**
 * Opens the database that is named and brings the tables up to date.
 *
 * @throws ModaError DATABASE_URL_INVALID, DATABASE_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER; of the embedded database also
 *   DATABASE_LOCKED, DATABASE_DAMAGED
 */
export async function openDatabase({ url, folder, migrations }: DatabaseOptions): Promise<Database> {
  if (url !== undefined) return openPostgresDatabase({ url, migrations });
  return openPgliteDatabase({ migrations, ...(folder === undefined ? {} : { folder }) });
}

/** Its client is loaded by those alone who have a server. */
export async function openPostgresDatabase(options: PostgresOptions): Promise<Database> {
  const driver = await import('./postgres-database.js');
  return driver.openPostgresDatabase(options);
}
