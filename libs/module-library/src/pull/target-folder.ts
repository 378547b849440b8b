import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { ModaError } from '@moda/contracts';
import { packageManifestPath, packageSignaturePath } from '@moda/module-format';
import { fileErrorCode } from '../files/reason-of.js';
import { syncFolder } from '../files/sync-folder.js';
import { writeFailure } from '../files/write-failure.js';
import { packageOfFolder, verifyFolder } from '../package/verify-folder.js';

/**
 * What is where a package is to go: nothing; another package, of which nothing was changed since it was pulled, so that it can be
 * pulled again and may go; or, anything else, an error.
 *
 * @throws ModaError OUTPUT_EXISTS, OUTPUT_NOT_WRITABLE
 */
export async function examineTarget(folder: string): Promise<'free' | 'replaceable'> {
  const names = await namesIn(folder);
  if (names.length === 0) return 'free';
  try {
    if (await isUntouched(folder)) return 'replaceable';
  } catch {
    // What cannot be read is somebody's.
  }
  throw new ModaError(
    'OUTPUT_EXISTS',
    `The folder ${folder} already holds something else; choose another --out, or remove the folder first.`,
    { path: folder },
  );
}

/** Gives a finished folder its name, in place of what `examineTarget` found. */
export async function moveIntoPlace(finished: string, folder: string): Promise<void> {
  const old = `${folder}.replaced`;
  await rm(old, { recursive: true, force: true });
  try {
    await rename(folder, old);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  }
  await rename(finished, folder);
  await syncFolder(dirname(resolve(folder)));
  await rm(old, { recursive: true, force: true });
}

/** Makes the folder in which a package comes together, and removes what is left there of another one. */
export async function prepareWorkFolder(folder: string, belongs: (name: string) => boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder))
      if (!belongs(name)) await rm(`${folder}/${name}`, { recursive: true, force: true });
  } catch (error) {
    throw writeFailure(error, folder);
  }
}

async function isUntouched(folder: string): Promise<boolean> {
  const manifest = await packageOfFolder(folder);
  if (!manifest) return false;
  // The card of what was cut is made here, and can be made again.
  const own = new Set([packageManifestPath, packageSignaturePath, 'README.md']);
  for (const { path } of manifest.files) {
    own.add(path);
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
      own.add(path.slice(0, end));
  }
  const names = await readdir(folder, { recursive: true });
  if (!names.every((name) => own.has(name.split(sep).join('/')))) return false;
  return (await verifyFolder(folder, [])).intact;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw writeFailure(error, folder);
  }
}
