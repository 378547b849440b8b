import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';

/** Every official file is below 200 MB; anything far larger is another file, and reading it would only fill the memory. */
const maxFileBytes = 1024 ** 3;

export interface DataFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Which files are wanted: the first of `names` in the first of `folders` (relative to the data folder) that has one. */
export interface Wanted {
  readonly dataset: string;
  readonly dataDir: string;
  readonly folders: readonly string[];
  readonly names: readonly string[];
}

/** Reads a file of a data set. Throws `DATASET_MISSING` where none is there and `DATASET_CORRUPT` for what is no data file. */
export async function readDataFile(wanted: Wanted): Promise<DataFile> {
  const file = await readDataFileIfAny(wanted);
  if (file) return file;
  throw new ModaError(
    'DATASET_MISSING',
    `${wanted.dataset} needs the file ${wanted.names[0]}, which is not in ${wanted.dataDir}; ` +
      'name the folder that holds it with --data-dir.',
    { dataset: wanted.dataset, file: wanted.names[0], dataDir: wanted.dataDir },
  );
}

/** The same for a file that may be absent. */
export async function readDataFileIfAny({ dataDir, folders, names }: Wanted): Promise<DataFile | undefined> {
  for (const folder of folders) {
    for (const name of names) {
      const path = join(dataDir, folder, name);
      const bytes = await readIfAny(path);
      if (bytes) return { path, bytes };
    }
  }
  return undefined;
}

async function readIfAny(path: string): Promise<Buffer | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw corrupt(path, 'is not a regular file');
    if (found.size > maxFileBytes)
      throw corrupt(path, `has ${found.size} bytes, more than a data file can have`);
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined;
    if (reason === 'EACCES' || reason === 'EPERM') {
      throw new ModaError('DATASET_MISSING', `${path} cannot be read: permission denied; make it readable.`, {
        path,
      });
    }
    throw error;
  }
}

/** The error for a data file that breaks its format; `fact` completes the sentence "PATH …". */
export function corrupt(path: string, fact: string): ModaError {
  return new ModaError('DATASET_CORRUPT', `${path} ${fact}; get the file anew.`, { path });
}
