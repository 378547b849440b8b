import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { ModaError } from '@moda/contracts';
import { lockFolder } from './folder-lock.js';
import { makeFiles } from './make-files.js';

export interface OpenedFolder {
  readonly client: PGlite;
  close(): Promise<void>;
}

/**
 * Starts the embedded database on its folder, alone: `postgres/` holds its files, `initialising` is there until they were opened once.
 * After a kill PostgreSQL mends its files by itself from its log; only a half made set it cannot tell from a damaged one.
 *
 * @throws ModaError DATABASE_LOCKED, DATABASE_DAMAGED
 */
export async function openFolder(
  folder: string,
  start: (dataDir: string) => Promise<PGlite>,
): Promise<OpenedFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const client = await startIn(folder, start);
    return {
      client,
      async close() {
        try {
          await client.close();
        } finally {
          await lock.release();
        }
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startIn(folder: string, start: (dataDir: string) => Promise<PGlite>): Promise<PGlite> {
  const data = join(folder, 'postgres');
  const initialising = join(folder, 'initialising');
  await removeUnfinished(folder);
  if (await exists(initialising)) await rm(data, { recursive: true, force: true });
  let client;
  try {
    if (!(await exists(data))) {
      await writeFile(initialising, '');
      await makeIn(folder, data);
    }
    client = await start(data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModaError(
      'DATABASE_DAMAGED',
      `The database in ${folder} does not open (${reason}); put a copy of the folder in its place, or move it away to begin anew.`,
      { folder },
    );
  }
  await rm(initialising, { force: true });
  return client;
}

const unfinished = 'making-';

/** Under another name first: the process that makes them may outlive a killed one by a moment, and its successor must not meet it. */
async function makeIn(folder: string, data: string): Promise<void> {
  const making = join(folder, `${unfinished}${randomUUID()}`);
  try {
    await makeFiles(making);
    await rename(making, data);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(unfinished))
      // Where somebody still writes there, the next start finishes it.
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
