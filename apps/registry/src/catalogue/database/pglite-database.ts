import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { attempts } from './attempts.js';
import type { Database, Store } from './database.js';
import { describeFailure } from './failure.js';
import { Gate } from './gate.js';
import { migrations, refuseNewer } from './migrations.js';
import { type OpenedFolder, openFolder } from './pglite-folder.js';
import { Upkeep } from './upkeep.js';
import { UnderWay } from './under-way.js';

/**
 * Memory: what PGlite takes by itself (128 MiB) is more than all rows of most registries. Disk: of its log it would keep 80 MiB, and a
 * gigabyte between two checkpoints.
 */
const settings = ['shared_buffers=32MB', 'min_wal_size=32MB', 'max_wal_size=64MB'];

/**
 * PostgreSQL inside this process, on a folder of its own.
 *
 * @throws ModaError DATABASE_LOCKED, DATABASE_DAMAGED, DATABASE_NEWER
 */
export async function openPgliteDatabase(folder: string): Promise<Database> {
  const opened = await openFolder(folder, (dataDir) => startPglite({ dataDir }));
  return databaseOn(opened, `the database in ${folder}`);
}

/**
 * The same in memory, gone when it is closed.
 *
 * @param files of a database that was new, as `newDatabaseFiles` gives them; making them anew takes seconds
 */
export async function openMemoryDatabase(files?: Blob): Promise<Database> {
  const client = await startPglite(files === undefined ? {} : { loadDataDir: files });
  return databaseOn({ client, close: () => client.close() }, 'the database in memory');
}

/** The files of a database without anything in it. They belong to this version of PGlite. */
export async function newDatabaseFiles(): Promise<Blob> {
  const client = await startPglite({});
  try {
    return await client.dumpDataDir('gzip');
  } finally {
    await client.close();
  }
}

async function databaseOn(opened: OpenedFolder, name: string): Promise<Database> {
  const { client } = opened;
  const store = drizzle(client, { casing: 'snake_case' });
  try {
    await refuseNewer(store, name);
    await migrate(store, migrations);
  } catch (error) {
    await opened.close();
    throw describeFailure(error, name);
  }
  const upkeep = new Upkeep(client);
  const gate = new Gate();
  const underWay = new UnderWay(name);
  const change = async <T>(work: (transaction: Store) => Promise<T>): Promise<T> => {
    const result = await attempts(() => store.transaction(work));
    await upkeep.afterChange();
    return result;
  };

  return {
    read: (work) => underWay.run(() => work(store)),
    change: (work) => underWay.run(() => change(work)),
    // The folder belongs to this process alone, so a gate in it is enough, and what is removed meanwhile holds up no reader.
    refer: (work) => underWay.run(() => gate.together(() => change(work))),
    collect: (work) => underWay.run(() => gate.single(() => work(store))),
    close: () => underWay.close(() => opened.close()),
  };
}

function startPglite(from: Pick<PGliteOptions, 'dataDir' | 'loadDataDir'>): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])];
  return PGlite.create({ ...from, startParams });
}
