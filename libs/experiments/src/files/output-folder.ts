import { mkdir, readdir } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';
import { reasonOf } from './read-input.js';

/**
 * Makes sure that a folder can take a result: it is created, and has to be empty but for the names in `allowed`. Nothing that
 * is there is ever overwritten.
 *
 * @param hints by file name, a better way on where that file is there, ending in a comma and a blank
 * @throws ModaError OUTPUT_EXISTS
 */
export async function claimOutputFolder(
  path: string,
  allowed: readonly string[] = [],
  hints: Readonly<Record<string, string>> = {},
): Promise<void> {
  let names: string[];
  try {
    await mkdir(path, { recursive: true });
    names = await readdir(path);
  } catch (error) {
    throw new ModaError('OUTPUT_EXISTS', `Cannot write into ${path}: ${reasonOf(error)}.`, { path });
  }
  const foreign = names.find((name) => !allowed.includes(name) && !name.endsWith('.partial'));
  if (foreign === undefined) return;
  const hint = hints[foreign] ?? '';
  throw new ModaError(
    'OUTPUT_EXISTS',
    `The folder ${path} already holds ${foreign}; ${hint}choose another --out, or remove the folder first.`,
    { path, found: foreign },
  );
}
