import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { DatabaseName } from './failure.js';

/** What statements are sent to: a database, or a transaction on it. */
export type Store = PgDatabase<PgQueryResultHKT>;

/**
 * A database with the tables of this program. Work must not wait for other work of the same database: the embedded one has a single
 * connection.
 * Everything throws ModaError DATABASE_UNREACHABLE where the database does not answer.
 */
export interface Database {
  readonly name: DatabaseName;
  /** Whether other processes may use it at the same time. */
  readonly shared: boolean;
  /** Statements that change nothing. */
  read<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** One transaction, begun again where it collided with another: `work` may run more than once. */
  change<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Ends what is under way, then lets go of the database. */
  close(): Promise<void>;
}
