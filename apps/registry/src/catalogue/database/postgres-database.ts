import { ModaError } from '@moda/contracts';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool } from 'pg';
import { attempts } from './attempts.js';
import type { Database, Store } from './database.js';
import { describeFailure } from './failure.js';
import { Gate } from './gate.js';
import { migrations, refuseNewer } from './migrations.js';
import { UnderWay } from './under-way.js';

const maxConnections = 10;

/** For a connection, and for a turn on one where all are busy. */
const connectTimeoutMs = 15_000;

/** A process that vanished in the middle of a publication, without the network telling, holds up the others no longer than this. */
const maxIdleInTransactionMs = 60_000;

/** Numbers of advisory locks: the first is "moda" in ASCII, so that other programs on the same database do not meet ours. */
const lockSpace = 0x6d6f6461;
const migrationLock = sql`${sql.raw(String(lockSpace))}, 1`;
const collectionLock = sql`${sql.raw(String(lockSpace))}, 2`;

/**
 * A PostgreSQL server that several processes may use.
 *
 * @throws ModaError DATABASE_URL_INVALID, DATABASE_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER
 */
export async function openPostgresDatabase(databaseUrl: string): Promise<Database> {
  const name = nameOf(databaseUrl);
  try {
    await migrateTables(databaseUrl, name);
  } catch (error) {
    throw describeFailure(error, name);
  }
  const pool = new Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    idle_in_transaction_session_timeout: maxIdleInTransactionMs,
    application_name: 'moda-registry',
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  const store = drizzle(pool, { casing: 'snake_case' });
  const gate = new Gate();
  const underWay = new UnderWay(name);
  const change = <T>(work: (transaction: Store) => Promise<T>) => attempts(() => store.transaction(work));

  return {
    read: (work) => underWay.run(() => work(store)),
    change: (work) => underWay.run(() => change(work)),
    // The gate keeps those who wait for a collector of this process from taking all connections.
    refer: (work) =>
      underWay.run(() =>
        gate.together(() =>
          change(async (transaction) => {
            await transaction.execute(sql`select pg_advisory_xact_lock_shared(${collectionLock})`);
            return work(transaction);
          }),
        ),
      ),
    collect: (work) =>
      underWay.run(() =>
        gate.single(() =>
          store.transaction(async (transaction) => {
            // It waits for a blob store, and without its lock the rest of the work would be unsafe.
            await transaction.execute(sql`set local idle_in_transaction_session_timeout = 0`);
            await transaction.execute(sql`select pg_advisory_xact_lock(${collectionLock})`);
            return work(transaction);
          }),
        ),
      ),
    close: () => underWay.close(() => pool.end()),
  };
}

/** One process at a time; those who come later find the work done. */
async function migrateTables(databaseUrl: string, name: string): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'moda-registry',
  });
  // What breaks the connection also ends the statement that runs, which tells it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const store = drizzle(client);
    await store.execute(sql`select pg_advisory_lock(${migrationLock})`);
    await refuseNewer(store, name);
    await migrate(store, migrations);
  } finally {
    // Lets go of the lock too.
    await client.end();
  }
}

/** Without the password. */
function nameOf(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw new ModaError(
      'DATABASE_URL_INVALID',
      'DATABASE_URL is not of the form postgres://user:password@host:port/database.',
    );
  return `the database at ${url.host === '' ? 'localhost' : url.host}${url.pathname}`;
}
