import { statfs } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';

/** Two databases, the models of the experiment and their packages, with some room to breathe. */
const neededBytes = 300 * 2 ** 20;

/**
 * Looks at the disk before anything is written: a database that runs out of it says so in words of its own.
 * @throws ModaError DISK_FULL
 */
export async function checkRoom(
  home: string,
  freeBytes: (folder: string) => Promise<number> = freeBytesOf,
): Promise<void> {
  const free = await freeBytes(home);
  if (free >= neededBytes) return;
  throw new ModaError(
    'DISK_FULL',
    `The disk of ${home} has ${mebibytes(free)} MiB left, and the services need ${mebibytes(neededBytes)}; make room there, or set MODA_HOME to a folder on another disk.`,
    { home, freeBytes: free, neededBytes },
  );
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}
