import { mkdir } from 'node:fs/promises';
import { isModaError, ModaError } from '@moda/contracts';
import { type FolderLock, lockFolder } from '@moda/service-kit';
import type { PlatformEnvironment } from '../environment.js';

/**
 * Makes the folder of all data this process's own. What a killed process has left of its claim is taken over.
 * @throws ModaError PLATFORM_RUNNING, OUTPUT_NOT_WRITABLE, DISK_FULL
 */
export async function claimHome({ home, stateFolder }: PlatformEnvironment): Promise<FolderLock> {
  try {
    await mkdir(stateFolder, { recursive: true });
    return await lockFolder(stateFolder);
  } catch (error) {
    if (!isModaError(error) || error.code !== 'DATABASE_LOCKED') throw error;
    const pid = error.details['pid'];
    throw new ModaError(
      'PLATFORM_RUNNING',
      `MODA is running from ${home} already, as process ${String(pid)}; stop that one with Ctrl-C, or set MODA_HOME to another folder.`,
      { home, pid },
    );
  }
}
