import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** What statements are sent to: a database, or a transaction on it. */
export type Store = PgDatabase<PgQueryResultHKT>;

/**
 * A database with the tables of this program, and how work on it is kept apart. Work must not wait for other work of the same database: the
 * embedded one has a single connection.
 * Everything throws ModaError DATABASE_UNREACHABLE where the database does not answer.
 */
export interface Database {
  /** Statements that change nothing. */
  read<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** One transaction, begun again where it collided with another: `work` may run more than once. */
  change<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** A change that may refer to blobs: never while something is collected. */
  refer<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** While it runs, nobody anywhere refers to a blob that was not referred to before. */
  collect<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Ends what is under way, then lets go of the database. */
  close(): Promise<void>;
}
