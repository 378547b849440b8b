import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../digest.js';
import { readBlob } from '../read-blob.js';
import { describeBlobStore } from '../testing/index.js';
import { fileFailure } from './file-failure.js';
import { openFilesystemBlobStore } from './filesystem-blob-store.js';

const pathIn = (folder: string, digest: string) => join(folder, digest.slice(7, 9), digest.slice(9));

describeBlobStore('the store in a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'moda-blobs-'));
  return {
    store: await openFilesystemBlobStore({ folder }),
    damage: (digest, bytes) => writeFile(pathIn(folder, digest), bytes),
    litter: async () => {
      await writeFile(join(folder, 'notes.txt'), 'not a blob');
      await mkdir(join(folder, 'aa'), { recursive: true });
      await writeFile(join(folder, 'aa', 'short'), 'not a blob');
      await mkdir(join(folder, 'AB'), { recursive: true });
    },
    leftovers: () => readdir(join(folder, 'temporary')),
    // Where a read takes a second piece.
    thresholds: [1 << 18],
    close: () => rm(folder, { recursive: true }),
  };
});

describe('a folder of blobs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-blobs-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('holds each blob byte for byte under its digest, in a folder by its first two digits', async () => {
    const store = await openFilesystemBlobStore({ folder: join(folder, 'new', 'store') });
    const { digest } = await store.put(Buffer.from('abc'));
    expect(await readFile(pathIn(join(folder, 'new', 'store'), digest), 'utf8')).toBe('abc');
    expect(digest).toMatch(/^sha256:ba7816bf/);
  });

  it('is found again by the next process', async () => {
    const { digest } = await (await openFilesystemBlobStore({ folder })).put(Buffer.from('abc'));
    const again = await openFilesystemBlobStore({ folder });
    expect(await again.has(digest)).toBe(true);
  });

  it('heals a damaged blob when it is put again', async () => {
    const store = await openFilesystemBlobStore({ folder });
    const { digest } = await store.put(Buffer.from('abc'));
    await writeFile(pathIn(folder, digest), 'abX');
    await store.put(Buffer.from('abc'));
    expect(Buffer.from(await readBlob(store, digest)).toString()).toBe('abc');
  });

  it('lets a reader finish a blob that is deleted meanwhile', async () => {
    const store = await openFilesystemBlobStore({ folder });
    const { digest } = await store.put(Buffer.alloc(1_000_000, 7));
    let read = 0;
    for await (const piece of store.get(digest)) {
      if (read === 0) await store.delete(digest);
      read += piece.length;
    }
    expect(read).toBe(1_000_000);
  });

  it('sweeps temporary files that are old, and spares the young', async () => {
    const store = await openFilesystemBlobStore({ folder });
    const { digest } = await store.put(Buffer.from('abc'));
    const old = join(folder, 'temporary', 'old');
    await writeFile(old, 'half a blob');
    await utimes(old, new Date(), new Date(Date.now() - 60_000));
    await writeFile(join(folder, 'temporary', 'young'), 'half a blob');
    expect(await store.sweepTemporaries(30_000)).toBe(1);
    expect(await readdir(join(folder, 'temporary'))).toEqual(['young']);
    expect(await store.sweepTemporaries(0)).toBe(1);
    expect(await store.has(digest)).toBe(true);
    await expect(store.sweepTemporaries(Number.NaN)).rejects.toMatchObject({ code: 'BLOB_RANGE_INVALID' });
  });

  it('that is gone is no empty store', async () => {
    const store = await openFilesystemBlobStore({ folder });
    const { digest } = await store.put(Buffer.from('abc'));
    await rename(folder, `${folder}-unmounted`);
    try {
      const unreachable = { code: 'BLOB_STORE_UNREACHABLE' };
      await expect(store.has(digest)).rejects.toMatchObject(unreachable);
      await expect(readBlob(store, digest)).rejects.toMatchObject(unreachable);
      await expect(store.delete(digest)).rejects.toMatchObject(unreachable);
      await expect(store.list()).rejects.toMatchObject(unreachable);
      await expect(store.put(Buffer.from('abc'))).rejects.toMatchObject(unreachable);
    } finally {
      await rm(`${folder}-unmounted`, { recursive: true });
    }
  });

  it('that cannot be made is said to be so in a sentence', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openFilesystemBlobStore({ folder: join(folder, 'file') })).rejects.toMatchObject({
      code: 'BLOB_STORE_UNREACHABLE',
      message: `The blob store in ${join(folder, 'file')} cannot be used (ENOTDIR); check that the disk is there and that its rights allow it.`,
    });
  });

  it('does not call what cannot be read absent', async () => {
    const store = await openFilesystemBlobStore({ folder });
    const digest = digestOf(Buffer.from('a circle'));
    await mkdir(join(folder, digest.slice(7, 9)));
    await symlink(pathIn(folder, digest), pathIn(folder, digest));
    await expect(store.has(digest)).rejects.toMatchObject({ code: 'BLOB_STORE_UNREACHABLE' });
    await expect(readBlob(store, digest)).rejects.toMatchObject({ code: 'BLOB_STORE_UNREACHABLE' });
  });
});

it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('a full disk (%s) gets its sentence', (code) => {
  const error = Object.assign(new Error(code), { code, syscall: 'write' });
  expect(fileFailure(error, '/store')).toMatchObject({
    code: 'BLOB_STORE_FULL',
    message: `There is no space left for another blob in /store (${code}); free some space or name a folder on another disk.`,
  });
});
