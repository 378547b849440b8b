import { sha256 } from '@moda/module-format';
import { describe, expect, it } from 'vitest';
import { createFileReader, type Fetch } from './file-reader';
import { memoryCache } from './package-cache';

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
const file = { path: 'a.bin', digest: sha256(bytes), sizeBytes: bytes.length };
const files = [{ path: 'a.bin', url: 'https://registry.test/a' }];
const pause = async () => undefined;

function readerOf(fetch: Fetch, cache = memoryCache()) {
  return createFileReader(files, { fetch, cache, pause });
}

describe('a file of a package', () => {
  it('comes once, and from then on from what is kept', async () => {
    let requests = 0;
    const cache = memoryCache();
    const fetch: Fetch = async () => {
      requests++;
      return new Response(bytes);
    };
    expect(await readerOf(fetch, cache).whole(file)).toEqual(bytes);
    expect(await readerOf(fetch, cache).whole(file)).toEqual(bytes);
    expect(requests).toBe(1);
  });

  it('is tried once more where the connection breaks', async () => {
    let requests = 0;
    const reader = readerOf(async () => {
      if (++requests === 1) throw new TypeError('Failed to fetch');
      return new Response(bytes);
    });
    expect(await reader.whole(file)).toEqual(bytes);
    expect(reader.traffic).toEqual({ bytes: 100, requests: 2 });
  });

  it('is refused with one sentence where nothing answers, or with a refusal', async () => {
    const silent = readerOf(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(silent.whole(file)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: 'a.bin does not come: its place does not answer; see that the registry runs.',
    });
    const refusing = readerOf(async () => new Response(null, { status: 403 }));
    await expect(refusing.whole(file)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: 'a.bin was refused with status 403; load the page again for fresh addresses.',
    });
  });

  it('comes in parts; a server that knows no ranges sends all of it', async () => {
    const ranges = readerOf(async (_url, init) => {
      expect(new Headers(init.headers).get('range')).toBe('bytes=10-19');
      return new Response(bytes.slice(10, 20), { status: 206 });
    });
    expect(await ranges.part(file, 10, 20)).toEqual(bytes.slice(10, 20));
    const whole = readerOf(async () => new Response(bytes));
    expect(await whole.part(file, 10, 20)).toEqual(bytes.slice(10, 20));
  });

  it('is refused where a part is shorter than asked for, or of another file', async () => {
    const short = readerOf(async () => new Response(bytes.slice(10, 15), { status: 206 }));
    await expect(short.part(file, 10, 20)).rejects.toMatchObject({ code: 'DOWNLOAD_DAMAGED' });
    const headers = { etag: `"sha256:${'0'.repeat(64)}"` };
    const other = readerOf(async () => new Response(bytes.slice(10, 20), { status: 206, headers }));
    await expect(other.part(file, 10, 20)).rejects.toMatchObject({ code: 'DOWNLOAD_DAMAGED' });
  });

  it('that is neither kept nor has an address is named', async () => {
    const reader = createFileReader([], { fetch: async () => new Response(), cache: memoryCache(), pause });
    await expect(reader.whole(file)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: 'a.bin is not kept in this browser, and the registry does not answer; try again when it does.',
    });
  });
});
