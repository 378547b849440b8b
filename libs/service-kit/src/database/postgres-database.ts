import { ModaError } from '@moda/contracts';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, type ClientConfig, Pool } from 'pg';
import { lockSpace } from './advisory-locks.js';
import { attempts } from './attempts.js';
import type { Database } from './database.js';
import { type DatabaseName, describeFailure } from './failure.js';
import { migrationConfig, type Migrations, refuseNewer } from './migrations.js';
import { UnderWay } from './under-way.js';

const maxConnections = 10;

/** For a connection, and for a turn on one where all are busy. */
const connectTimeoutMs = 15_000;

/** A process that vanished in the middle of a change, without the network telling, holds up the others no longer than this. */
const maxIdleInTransactionMs = 60_000;

/** One for all programs that share a database: they make their tables one after another. Others have other numbers. */
const migrationLock = sql`${sql.raw(String(lockSpace))}, 1`;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly migrations: Migrations;
}

/**
 * A PostgreSQL server that several processes may use.
 *
 * @throws ModaError DATABASE_URL_INVALID, DATABASE_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER
 */
export async function openPostgresDatabase({ url, migrations }: PostgresOptions): Promise<Database> {
  const name = nameOf(url);
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: `moda-${migrations.schemaName}`,
  };
  try {
    await migrateTables(connection, migrations, name);
  } catch (error) {
    throw describeFailure(error, name);
  }
  const pool = new Pool({
    ...connection,
    max: maxConnections,
    keepAlive: true,
    idle_in_transaction_session_timeout: maxIdleInTransactionMs,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  const store = drizzle(pool, { casing: 'snake_case' });
  const underWay = new UnderWay(name);

  return {
    name,
    shared: true,
    read: (work) => underWay.run(() => work(store)),
    change: (work) => underWay.run(() => attempts(() => store.transaction(work))),
    close: () => underWay.close(() => pool.end()),
  };
}

/** One process at a time; those who come later find the work done. */
async function migrateTables(
  connection: ClientConfig,
  migrations: Migrations,
  name: DatabaseName,
): Promise<void> {
  const client = new Client(connection);
  // What breaks the connection also ends the statement that runs, which tells it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const store = drizzle(client);
    await store.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await refuseNewer(store, migrations, name);
    await migrate(store, migrationConfig(migrations));
  } finally {
    // Lets go of the lock too.
    await client.end();
  }
}

/** Without the password. */
function nameOf(databaseUrl: string): DatabaseName {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw new ModaError(
      'DATABASE_URL_INVALID',
      'DATABASE_URL is not of the form postgres://user:password@host:port/database.',
    );
  return `the database at ${url.host === '' ? 'localhost' : url.host}${url.pathname}`;
}
