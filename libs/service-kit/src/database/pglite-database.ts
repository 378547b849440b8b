import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { attempts } from './attempts.js';
import type { Database, Store } from './database.js';
import { describeFailure } from './failure.js';
import { migrationConfig, type Migrations, refuseNewer } from './migrations.js';
import { type OpenedFolder, openFolder } from './pglite-folder.js';
import { startParams } from './pglite-settings.js';
import { Upkeep } from './upkeep.js';
import { UnderWay } from './under-way.js';

export interface PgliteOptions {
  readonly migrations: Migrations;
  /** This process's alone. Without it the database is in memory, gone when it is closed. */
  readonly folder?: string;
  /** For memory: of a database that was new, as `newDatabaseFiles` gives them; making them anew takes seconds. */
  readonly files?: Blob;
}

/**
 * PostgreSQL inside this process.
 *
 * @throws ModaError DATABASE_LOCKED, DATABASE_DAMAGED, DATABASE_NEWER
 */
export async function openPgliteDatabase({ folder, files, migrations }: PgliteOptions): Promise<Database> {
  if (folder !== undefined) {
    const opened = await openFolder(folder, (dataDir) => startPglite({ dataDir }));
    return databaseOn(opened, migrations, `the database in ${folder}`);
  }
  const client = await startPglite(files === undefined ? {} : { loadDataDir: files });
  return databaseOn({ client, close: () => client.close() }, migrations, 'the database in memory');
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

async function databaseOn(opened: OpenedFolder, migrations: Migrations, name: string): Promise<Database> {
  const { client } = opened;
  const store = drizzle(client, { casing: 'snake_case' });
  try {
    await refuseNewer(store, migrations, name);
    await migrate(store, migrationConfig(migrations));
  } catch (error) {
    await opened.close();
    throw describeFailure(error, name);
  }
  const upkeep = new Upkeep(client, migrations);
  const underWay = new UnderWay(name);
  const change = async <T>(work: (transaction: Store) => Promise<T>): Promise<T> => {
    const result = await attempts(() => store.transaction(work));
    await upkeep.afterChange();
    return result;
  };

  return {
    name,
    shared: false,
    read: (work) => underWay.run(() => work(store)),
    change: (work) => underWay.run(() => change(work)),
    close: () => underWay.close(() => opened.close()),
  };
}

function startPglite(from: Pick<PGliteOptions, 'dataDir' | 'loadDataDir'>): Promise<PGlite> {
  return PGlite.create({ ...from, startParams });
}
