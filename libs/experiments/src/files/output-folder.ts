import { mkdir, readdir } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';
import { notWritten } from './not-written.js';

/**
 * Makes sure that a folder can take a result: it is created, and has to be empty but for the names in `allowed`. Nothing that
 * is there is ever overwritten.
 *
 * @param hints by file name, a better way on where that file is there, ending in a comma and a blank
 * @throws ModaError OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE, DISK_FULL
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
    throw notWritten(`write into ${path}`, path, error);
  }
  const foreign = names.find((name) => !allowed.includes(name) && !name.endsWith('.partial'));
  if (foreign === undefined) return;
  throw alreadyHolds(path, foreign, hints[foreign]);
}

/** The sentence for a folder with something in it. */
export function alreadyHolds(path: string, found: string, hint = ''): ModaError {
  return new ModaError(
    'OUTPUT_EXISTS',
    `The folder ${path} already holds ${found}; ${hint}choose another --out, or remove the folder first.`,
    { path, found },
  );
}
