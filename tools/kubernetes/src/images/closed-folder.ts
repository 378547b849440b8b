import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What is in a folder, links followed within it. */
export interface FolderContents {
  readonly sizeBytes: number;
  /** Links that lead out of it, or nowhere: in an image they would be broken. */
  readonly leadingOut: readonly string[];
}

export async function contentsOf(folder: string): Promise<FolderContents> {
  const inside = (await realpath(folder)) + sep;
  let sizeBytes = 0;
  const leadingOut: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) sizeBytes += (await stat(path)).size;
    if (entry.isSymbolicLink() && !(await realpath(path).catch(() => '')).startsWith(inside))
      leadingOut.push(path);
  }
  return { sizeBytes, leadingOut };
}
