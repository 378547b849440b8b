import { ModaError } from '@moda/contracts';
import type { PackageFile } from '@moda/module-format';
import { digestOf } from './digest-of';
import type { PackageCache } from './package-cache';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Reads the files of one package, by the addresses that were given for them. */
export interface FileReader {
  /**
   * A whole file, from what is kept or from its address, its digest checked.
   * @throws ModaError DOWNLOAD_FAILED, DOWNLOAD_DAMAGED
   */
  whole(file: PackageFile): Promise<Uint8Array>;
  /**
   * Bytes `start` to `end` (exclusive) of a file. No digest covers a part alone; its size and the tag that names the whole are checked.
   * @throws ModaError DOWNLOAD_FAILED, DOWNLOAD_DAMAGED
   */
  part(file: PackageFile, start: number, end: number): Promise<Uint8Array>;
  /** What came over the network so far. */
  readonly traffic: { readonly bytes: number; readonly requests: number };
}

/** Once more after a break: a service that is restarted is back by then (ms). */
const pauseMs = 700;

export function createFileReader(
  files: readonly { readonly path: string; readonly url: string }[],
  {
    fetch,
    cache,
    pause = wait,
  }: { fetch: Fetch; cache: PackageCache; pause?: (ms: number) => Promise<void> },
): FileReader {
  const traffic = { bytes: 0, requests: 0 };

  async function get(file: PackageFile, range?: { start: number; end: number }): Promise<Uint8Array> {
    const url = files.find(({ path }) => path === file.path)?.url;
    if (url === undefined)
      throw new ModaError(
        'DOWNLOAD_FAILED',
        `${file.path} is not kept in this browser, and the registry does not answer; try again when it does.`,
        { path: file.path },
      );
    traffic.requests++;
    const headers: Record<string, string> =
      range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
    // Which part of a file was asked for is no business of the browser's own cache.
    const response = await fetch(url, { headers, cache: 'no-store', credentials: 'omit' });
    if (!response.ok) throw refused(file, response.status);
    const tag = response.headers.get('etag');
    if (tag !== null && tag.startsWith('"sha256:') && tag !== `"${file.digest}"`) throw damaged(file);
    const bytes = new Uint8Array(await response.arrayBuffer());
    traffic.bytes += bytes.length;
    // Who does not know ranges sends everything.
    if (range === undefined || response.status === 206) return bytes;
    return bytes.subarray(range.start, range.end);
  }

  async function getPatiently(file: PackageFile, range?: { start: number; end: number }) {
    try {
      return await get(file, range);
    } catch (error) {
      if (error instanceof ModaError) throw error;
      await pause(pauseMs);
      try {
        return await get(file, range);
      } catch (again) {
        if (again instanceof ModaError) throw again;
        throw new ModaError(
          'DOWNLOAD_FAILED',
          `${file.path} does not come: its place does not answer; see that the registry runs.`,
          { path: file.path },
        );
      }
    }
  }

  return {
    traffic,
    async whole(file) {
      const key = `blob/${file.digest}`;
      const kept = await cache.read(key);
      if (kept !== undefined && (await digestOf(kept)) === file.digest) return kept;
      const bytes = await getPatiently(file);
      if ((await digestOf(bytes)) !== file.digest) throw damaged(file);
      await cache.write(key, bytes);
      return bytes;
    },
    async part(file, start, end) {
      const bytes = await getPatiently(file, { start, end });
      if (bytes.length !== end - start) throw damaged(file);
      return bytes;
    },
  };
}

function damaged({ path, digest }: PackageFile): ModaError {
  return new ModaError(
    'DOWNLOAD_DAMAGED',
    `What came as ${path} is not what the package lists under ${digest.slice(0, 19)}…; load the page again.`,
    { path, digest },
  );
}

function refused({ path }: PackageFile, status: number): ModaError {
  return new ModaError(
    'DOWNLOAD_FAILED',
    `${path} was refused with status ${status}; load the page again for fresh addresses.`,
    { path, status },
  );
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
