import { rm } from 'node:fs/promises';

/** Removes a folder that the program itself made, with all that is in it; nothing happens where there is none. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}
