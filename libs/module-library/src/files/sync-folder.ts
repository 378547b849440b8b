import { open } from 'node:fs/promises';
import { platform } from 'node:os';

/** Makes the names in a folder survive a power cut, as `fsync` of a file does for its bytes. Windows keeps them by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
