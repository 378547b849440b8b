import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import {
  type PackageFile,
  type PackageManifest,
  packagePaths,
  parsePackage,
  serialisePackage,
} from '@moda/module-format';
import { reasonOf } from '../files/reason-of.js';
import { digestFile } from './digest-file.js';

/** Without these there is nothing to publish. */
const requiredPaths: readonly string[] = ['module.json', 'weights.safetensors'];

/**
 * The package that a model folder is: digests and sizes of those of its files that belong to a package. Other files are left out, and
 * links are not followed. A file that changes meanwhile gives a digest that nobody will find.
 *
 * @throws ModaError MODEL_INVALID where the folder is no model, PACKAGE_INVALID
 */
export async function packFolder(folder: string): Promise<PackageManifest> {
  const files: PackageFile[] = [];
  for (const path of packagePaths) {
    const file = await packFile(folder, path);
    if (file) files.push(file);
  }
  // The one order of files, and the one set of checks, are those of the format.
  return parsePackage(serialisePackage({ formatVersion: 1, files }));
}

async function packFile(folder: string, path: string): Promise<PackageFile | undefined> {
  const place = join(folder, path);
  try {
    if (!(await lstat(place)).isFile())
      throw new ModaError('MODEL_INVALID', `${place} is no file; put the file itself there.`, {
        path: place,
      });
    return { path, ...(await digestFile(place)) };
  } catch (error) {
    if (isModaError(error)) throw error;
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (absent && !requiredPaths.includes(path)) return undefined;
    throw new ModaError('MODEL_INVALID', `Cannot read the model ${place}: ${reasonOf(error)}.`, {
      path: place,
    });
  }
}
