import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../database/database.js';
import type { Migrations } from '../../database/migrations.js';
import { newDatabaseFiles, openPgliteDatabase } from '../../database/pglite-database.js';

/**
 * A database in memory, of whose making most is done once for all specs: the files of a new database are kept in the cache that all clones
 * share (`MODA_CACHE`).
 */
export async function openMemoryDatabase(migrations: Migrations): Promise<Database> {
  return openPgliteDatabase({ migrations, files: await keptFiles() });
}

async function keptFiles(): Promise<Blob> {
  const path = join(cacheFolder(), `new-database-${await pgliteVersion()}.tar.gz`);
  const kept = await readFile(path).catch(() => undefined);
  if (kept !== undefined) return new Blob([kept], { type: 'application/x-gzip' });
  const files = await newDatabaseFiles();
  await mkdir(dirname(path), { recursive: true });
  // Whole or not at all, for others may read it.
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, Buffer.from(await files.arrayBuffer()));
  await rename(temporary, path);
  return files;
}

function cacheFolder(): string {
  const { MODA_CACHE, XDG_CACHE_HOME, HOME } = process.env;
  if (MODA_CACHE) return MODA_CACHE;
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'moda');
}

/** Pinned in the manifest of this package. */
async function pgliteVersion(): Promise<string> {
  const path = join(import.meta.dirname, '..', '..', '..', 'package.json');
  const { dependencies } = JSON.parse(await readFile(path, 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies['@electric-sql/pglite']!;
}
