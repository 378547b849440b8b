import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Runs `body` with a new folder (its name has a space) that holds `files`, by relative path, and removes the folder. */
export async function withDataFolder(
  files: Readonly<Record<string, Uint8Array | string>>,
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'moda data '));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
