import { type Database, lockSpace, type Store, UnderWay } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { Gate } from './gate.js';

/** A database whose rows refer to blobs, which are removed as soon as no row does. */
export interface CatalogueDatabase extends Database {
  /** A change that may refer to blobs: never while something is collected. */
  refer<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** While it runs, nobody anywhere refers to a blob that was not referred to before. */
  collect<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

const collectionLock = sql`${sql.raw(String(lockSpace))}, 2`;

export function withCollector(database: Database): CatalogueDatabase {
  // Keeps those who wait for a collector of this process from taking all connections of a server; where there is one process, it is enough.
  const gate = new Gate();
  const underWay = new UnderWay(database.name);
  const refer = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    database.change(async (store) => {
      if (database.shared) await store.execute(sql`select pg_advisory_xact_lock_shared(${collectionLock})`);
      return work(store);
    });
  // Without other processes there is no need of a transaction, and what is removed meanwhile holds up no reader.
  const collect = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    database.shared ? database.change(async (store) => work(await locked(store))) : database.read(work);

  return {
    ...database,
    read: (work) => underWay.run(() => database.read(work)),
    change: (work) => underWay.run(() => database.change(work)),
    refer: (work) => underWay.run(() => gate.together(() => refer(work))),
    collect: (work) => underWay.run(() => gate.single(() => collect(work))),
    // Whoever waits at the gate is under way, too, and its successor is not let in.
    close: () => underWay.close(() => database.close()),
  };
}

async function locked(store: Store): Promise<Store> {
  // It waits for a blob store, and without its lock the rest of the work would be unsafe.
  await store.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  await store.execute(sql`select pg_advisory_xact_lock(${collectionLock})`);
  return store;
}
