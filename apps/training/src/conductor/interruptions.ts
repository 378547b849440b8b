import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const fileSchema = z.object({ inARow: z.int().nonnegative() });

/**
 * Counts how often in a row a run was interrupted without a new checkpoint in between. Kept in the run's folder, so that a restart of the
 * service does not begin anew.
 *
 * @param path of the count
 * @returns the count with this one
 */
export async function countInterruption(path: string, hasProgressed: boolean): Promise<number> {
  const inARow = hasProgressed ? 1 : (await countOf(path)) + 1;
  const temporary = `${path}.partial`;
  await writeFile(temporary, JSON.stringify({ inARow }));
  await rename(temporary, path);
  return inARow;
}

export async function forgetInterruptions(path: string): Promise<void> {
  await rm(path, { force: true });
}

async function countOf(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return 0;
  try {
    return fileSchema.parse(JSON.parse(text)).inARow;
  } catch {
    return 0;
  }
}
