import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isModaError, ModaError } from '@moda/contracts';
import type { DataStore } from './data-store.js';
import { forGood, ServiceAway } from './for-good.js';

export interface FetchOptions {
  readonly store: DataStore;
  readonly dataset: string;
  /** Has a folder for each data set. */
  readonly into: string;
  /** Aborted where the pod is to end. */
  readonly signal: AbortSignal;
  /** For people. */
  readonly say: (level: 'info' | 'warn' | 'error', text: string) => void;
}

/**
 * Brings the files of a data set from a bucket. A store that does not answer is asked until it does; the folder is there when all is in it.
 *
 * @returns the folder of the data set
 * @throws ModaError DATASET_MISSING where the bucket has none of this name; BLOB_STORE_REFUSED, BLOB_STORE_INVALID
 */
export async function fetchDataset({ dataset, into, say, signal, store }: FetchOptions): Promise<string> {
  const folder = join(into, dataset);
  const partial = `${folder}.partial`;
  // Only who needs it pays for the client of S3.
  const { openS3Folder } = await import('@moda/blob-store');
  const { region, ...place } = store;
  const bucket = openS3Folder({ ...place, ...(region !== undefined && { region }) });
  const beginning = `${dataset}/`;
  const onAway = (why: string) => say('warn', `${why} It is asked until it does.`);
  const persist = <T>(step: () => Promise<T>) =>
    forGood(() => step().catch(awayIfUnreachable), { signal, onAway });

  const files = await persist(async () => {
    const found: { name: string; sizeBytes: number }[] = [];
    for await (const file of bucket.files(beginning)) if (isInside(file.name)) found.push(file);
    return found;
  });
  if (files.length === 0)
    throw new ModaError(
      'DATASET_MISSING',
      `The bucket ${store.bucket} has nothing behind ${store.keyPrefix}${beginning}; put the official files of ${dataset} there.`,
      { dataset, bucket: store.bucket },
    );
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  say(
    'info',
    `${dataset} is brought from the bucket ${store.bucket}: ${files.length} files, ${bytes} bytes.`,
  );
  await rm(partial, { recursive: true, force: true });
  for (const { name, sizeBytes } of files) {
    const path = join(partial, name.slice(beginning.length));
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await persist(async () => {
      await pipeline(bucket.read(name), createWriteStream(path, { mode: 0o600 }), { signal });
      if ((await stat(path)).size !== sizeBytes) throw new ServiceAway(`${name} arrived cut short.`);
    });
  }
  await rename(partial, folder);
  return folder;
}

function awayIfUnreachable(error: unknown): never {
  if (isModaError(error) && error.code === 'BLOB_STORE_UNREACHABLE') throw new ServiceAway(error.message);
  throw error;
}

/** Somebody may have put anything into the bucket; a way out of the folder stays there. */
const isInside = (name: string): boolean =>
  name.split('/').every((part) => /^[\w.-]{1,255}$/.test(part) && !/^\.+$/.test(part));
