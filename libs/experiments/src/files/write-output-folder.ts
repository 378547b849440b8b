import { mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { alreadyHolds } from './output-folder.js';
import { notWritten } from './not-written.js';

/**
 * Makes sure, before any work, that a folder can be written: that it is not there yet, or empty.
 *
 * @throws ModaError OUTPUT_EXISTS
 */
export async function requireFreeFolder(path: string): Promise<void> {
  const [found] = await namesIn(path);
  if (found !== undefined) throw alreadyHolds(path, found);
}

/**
 * Writes a folder of files, by name, so that a reader, or a crash at any moment, sees none of them or all: a temporary folder beside
 * it, fsync, rename, fsync of the folder around it. Creates the folders on the way.
 *
 * @throws ModaError OUTPUT_EXISTS where something is there already or the place is impossible, OUTPUT_NOT_WRITABLE, DISK_FULL
 */
export async function writeOutputFolder(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await requireFreeFolder(path);
  // Through links, for a rename would take the place of the link itself.
  const target = await realpath(path).catch(() => resolve(path));
  const temporary = `${target}.${process.pid}.partial`;
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of files) await writeDurably(join(temporary, name), content);
    await syncFolder(temporary);
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw notWritten(`write into ${path}`, path, error);
  }
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What is in a folder; nothing where there is none. */
async function namesIn(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).isDirectory()) return await readdir(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw notWritten(`write into ${path}`, path, error);
  }
  throw notWritten(`write into ${path}`, path, Object.assign(new Error(), { code: 'EEXIST' }));
}
