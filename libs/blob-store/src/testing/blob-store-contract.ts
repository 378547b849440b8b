import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BlobContent, BlobStore, ByteRange } from '../blob-store.js';
import { digestOf } from '../digest.js';
import { allBlobs } from '../page.js';
import { readBlob } from '../read-blob.js';
import { patternedBytes, piecesOf } from './patterned-bytes.js';

export interface BlobStoreUnderTest {
  /** Empty at first. */
  readonly store: BlobStore;
  /** Puts other bytes in the place of a blob, past the store. */
  readonly damage: (digest: string, bytes: Uint8Array) => Promise<void>;
  /** Puts something of a stranger among the blobs, past the store. */
  readonly litter: () => Promise<void>;
  /** Names of what unfinished puts left behind. */
  readonly leftovers: () => Promise<readonly string[]>;
  /** Sizes (bytes) where the driver changes its ways; each is tried, and one less and more. */
  readonly thresholds: readonly number[];
  readonly close: () => Promise<void>;
}

/** What every blob store has to fulfil. Call it from a spec with a function that opens an empty one. */
export function describeBlobStore(name: string, open: () => Promise<BlobStoreUnderTest>): void {
  describe(name, () => {
    let subject: BlobStoreUnderTest;
    let store: BlobStore;
    beforeAll(async () => {
      subject = await open();
      store = subject.store;
      return () => subject.close();
    });

    /** Different bytes at each call, so that no test meets the blobs of another. */
    let salt = 0;
    const freshBytes = (sizeBytes: number) => patternedBytes(sizeBytes, `${name} ${(salt += 1)}`);

    const slice = (bytes: Uint8Array, { start, end }: ByteRange = {}) => Buffer.from(bytes.slice(start, end));

    async function read(digest: string, range?: ByteRange): Promise<Buffer> {
      return Buffer.from(await readBlob(store, digest, range));
    }

    /** A fixed number of runs, for some stores are across a network. */
    const runs = { numRuns: 25 };

    describe('a blob', () => {
      it('is named by the sha256 of its bytes', async () => {
        const abc = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
        expect(await store.put(Buffer.from('abc'))).toEqual({ digest: abc, sizeBytes: 3 });
        expect((await read(abc)).toString()).toBe('abc');
      });

      it('of any size is read as it was put, whole or in pieces', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.uint8Array({ maxLength: 5000 }),
            fc.array(fc.nat(5000), { maxLength: 5 }),
            fc.boolean(),
            async (bytes, cuts, whole) => {
              const stored = await store.put(whole ? bytes : piecesOf(bytes, cuts));
              expect(stored).toEqual({ digest: digestOf(bytes), sizeBytes: bytes.length });
              expect((await read(stored.digest)).equals(bytes)).toBe(true);
            },
          ),
          runs,
        );
      });

      it('of a size at which the store changes its ways is read as it was put, and so is any part of it', async () => {
        const { thresholds } = subject;
        expect(thresholds).not.toHaveLength(0);
        for (const sizeBytes of thresholds.flatMap((size) => [size - 1, size, size + 1])) {
          const bytes = freshBytes(sizeBytes);
          const { digest } = await store.put(piecesOf(bytes, [1, 70_000, sizeBytes - 3]));
          expect(digest).toBe(digestOf(bytes));
          expect((await read(digest)).equals(bytes), `${sizeBytes} bytes`).toBe(true);
          const range = { start: sizeBytes - 70_000, end: sizeBytes - 1 };
          expect((await read(digest, range)).equals(slice(bytes, range)), `${sizeBytes} bytes`).toBe(true);
        }
      });

      it('may be empty', async () => {
        const { digest } = await store.put(piecesOf(new Uint8Array(0), []));
        expect(await store.stat(digest)).toMatchObject({ sizeBytes: 0 });
        expect(await read(digest)).toHaveLength(0);
        expect(await read(digest, { start: 0, end: 10 })).toHaveLength(0);
      });

      it.each([
        ['an array', new Uint8Array(1000)],
        ['a Buffer', Buffer.alloc(1000)],
      ])('is taken before its maker reuses the memory of a piece: %s', async (_kind, piece) => {
        async function* reusing(): AsyncGenerator<Uint8Array> {
          for (let i = 0; i < 50; i += 1) yield piece.fill(i);
        }
        const { digest } = await store.put(reusing());
        const bytes = Buffer.concat(Array.from({ length: 50 }, (_, i) => Buffer.alloc(1000, i)));
        expect((await read(digest)).equals(bytes)).toBe(true);
      });

      it('is not changed by a reader who writes into what it got', async () => {
        const bytes = freshBytes(1000);
        const { digest } = await store.put(bytes);
        for await (const piece of store.get(digest)) piece.fill(0);
        expect((await read(digest)).equals(bytes)).toBe(true);
      });

      it('can be left half read', async () => {
        const { digest } = await store.put(freshBytes(1_000_000));
        for await (const piece of store.get(digest)) {
          expect(piece.length).toBeGreaterThan(0);
          break;
        }
        expect(await read(digest)).toHaveLength(1_000_000);
      });

      it('knows its size and when it was put', async () => {
        // Stores round to a second, and their clocks may be a little off.
        const before = Date.now() - 2000;
        const { digest } = await store.put(freshBytes(321));
        const found = await store.stat(digest);
        expect(found?.sizeBytes).toBe(321);
        expect(found?.modifiedAt.getTime()).toBeGreaterThan(before);
        expect(found?.modifiedAt.getTime()).toBeLessThan(Date.now() + 2000);
      });

      it('that is put twice is one, and new again', async () => {
        const bytes = freshBytes(100);
        const first = await store.put(bytes);
        const then = await store.stat(first.digest);
        await sleep(1100);
        expect(await store.put(piecesOf(bytes, [10]))).toEqual(first);
        const now = await store.stat(first.digest);
        expect(now?.modifiedAt.getTime()).toBeGreaterThan(then?.modifiedAt.getTime() ?? Infinity);
        expect((await read(first.digest)).equals(bytes)).toBe(true);
        const { blobs } = await store.list({ prefix: first.digest });
        expect(blobs).toHaveLength(1);
      });

      it('is stored by many writers at a time as well as by one', async () => {
        const bytes = freshBytes(200_000);
        const writers = Array.from({ length: 12 }, (_, i) =>
          store.put(i % 2 === 0 ? bytes : piecesOf(bytes, [i, 1000 * i])),
        );
        for (const stored of await Promise.all(writers))
          expect(stored).toEqual({ digest: digestOf(bytes), sizeBytes: bytes.length });
        expect((await read(digestOf(bytes))).equals(bytes)).toBe(true);
        expect(await subject.leftovers()).toEqual([]);
      });

      it('is gone once it is deleted, and may be deleted again', async () => {
        const { digest } = await store.put(freshBytes(10));
        expect(await store.has(digest)).toBe(true);
        await store.delete(digest);
        await store.delete(digest);
        expect(await store.has(digest)).toBe(false);
        expect(await store.stat(digest)).toBeUndefined();
        await expect(read(digest)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND', details: { digest } });
        await expect(read(digest, { start: 0, end: 0 })).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
      });
    });

    describe('a put', () => {
      async function expectNothingOf(bytes: Uint8Array, put: Promise<unknown>, code: string): Promise<void> {
        await expect(put).rejects.toMatchObject({ code });
        expect(await store.has(digestOf(bytes))).toBe(false);
        expect(await subject.leftovers()).toEqual([]);
      }
      const both = (bytes: Uint8Array): BlobContent[] => [bytes, piecesOf(bytes, [7])];

      it('of what was announced succeeds', async () => {
        const bytes = freshBytes(50);
        const expected = { digest: digestOf(bytes), sizeBytes: 50 };
        for (const content of both(bytes)) expect(await store.put(content, { expected })).toEqual(expected);
      });

      it('of another digest or size than announced leaves nothing', async () => {
        for (const sizeBytes of [40, ...subject.thresholds.map((size) => size + 1)]) {
          const bytes = freshBytes(sizeBytes);
          for (const expected of [
            { digest: digestOf(Buffer.from('another')) },
            { sizeBytes: sizeBytes - 1 },
            { sizeBytes: sizeBytes + 1 },
            { digest: digestOf(bytes), sizeBytes: 0 },
          ])
            for (const content of both(bytes))
              await expectNothingOf(bytes, store.put(content, { expected }), 'BLOB_DIGEST_MISMATCH');
        }
      });

      it('of an endless stream ends where the announced size does', async () => {
        let made = 0;
        async function* endless(): AsyncGenerator<Uint8Array> {
          // Not quite, so that a store that takes it all fails this test and not the machine.
          while (made < 1000) yield Buffer.alloc((made += 1) && 1000);
        }
        await expect(store.put(endless(), { expected: { sizeBytes: 5000 } })).rejects.toMatchObject({
          code: 'BLOB_DIGEST_MISMATCH',
        });
        expect(made).toBe(6);
      });

      it('whose content fails leaves nothing and says what the content said', async () => {
        for (const sizeBytes of [10, ...subject.thresholds.map((size) => size + 1)]) {
          const bytes = freshBytes(sizeBytes);
          async function* failing(): AsyncGenerator<Uint8Array> {
            yield bytes;
            throw new Error('the sender hung up');
          }
          await expect(store.put(failing())).rejects.toThrow('the sender hung up');
          expect(await store.has(digestOf(bytes))).toBe(false);
          expect(await subject.leftovers()).toEqual([]);
        }
      });

      it('of texts instead of bytes is refused', async () => {
        async function* texts(): AsyncGenerator<Uint8Array> {
          yield 'abc' as unknown as Uint8Array;
        }
        await expect(store.put(texts())).rejects.toThrow(TypeError);
      });
    });

    describe('a range', () => {
      it('is what slice gives', async () => {
        const bytes = freshBytes(600_000);
        const { digest } = await store.put(bytes);
        await fc.assert(
          fc.asyncProperty(fc.nat(600_000), fc.nat(700_000), async (a, b) => {
            const range = { start: Math.min(a, b), end: Math.max(a, b) };
            expect((await read(digest, range)).equals(slice(bytes, range))).toBe(true);
          }),
          runs,
        );
        for (const range of [
          {},
          { start: 0 },
          { start: 599_999 },
          { start: 600_000 },
          { end: 1 },
          { end: 0 },
        ])
          expect((await read(digest, range)).equals(slice(bytes, range)), JSON.stringify(range)).toBe(true);
      });

      it.each([
        ['behind the end of the blob', { start: 101 }],
        ['that ends before it starts', { start: 5, end: 4 }],
        ['before the first byte', { start: -1 }],
        ['of half a byte', { start: 0, end: 1.5 }],
        ['of no number', { start: Number.NaN }],
      ])('%s is refused', async (_, range) => {
        const { digest } = await store.put(freshBytes(100));
        await expect(read(digest, range)).rejects.toMatchObject({ code: 'BLOB_RANGE_INVALID' });
      });
    });

    describe('damage', () => {
      it.each([
        ['a changed byte', (bytes: Uint8Array) => Buffer.from(bytes).fill((bytes[700]! + 1) % 256, 700, 701)],
        ['a missing end', (bytes: Uint8Array) => bytes.subarray(0, 900)],
        ['bytes too many', (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(1)])],
        ['no byte at all', () => new Uint8Array(0)],
      ])('by %s is told at the end of a whole read', async (_, change) => {
        const bytes = freshBytes(1000);
        const { digest } = await store.put(bytes);
        await subject.damage(digest, change(bytes));
        await expect(read(digest)).rejects.toMatchObject({ code: 'BLOB_DAMAGED', details: { digest } });
        await expect(read(digest, { start: 0, end: 2000 })).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
      });

      it('is mended by deleting the blob and putting it again', async () => {
        const bytes = freshBytes(1000);
        const { digest } = await store.put(bytes);
        await subject.damage(digest, new Uint8Array(1000));
        await store.delete(digest);
        await store.put(bytes);
        expect((await read(digest)).equals(bytes)).toBe(true);
      });
    });

    describe('what is no digest', () => {
      const hex = digestOf(new Uint8Array(0)).slice('sha256:'.length);
      it.each([
        ['a path upwards', 'sha256:../../../../etc/passwd'],
        ['a path of the right length', `sha256:../${'a'.repeat(61)}`],
        ['capital letters', `sha256:${hex.toUpperCase()}`],
        ['another hash', `sha512:${hex}`],
        ['no scheme', hex],
        ['a digit too few', `sha256:${hex.slice(1)}`],
        ['a line end behind', `sha256:${hex}\n`],
        ['nothing', ''],
      ])('(%s) is refused everywhere', async (_, text) => {
        const refused = { code: 'BLOB_DIGEST_INVALID' };
        await expect(read(text)).rejects.toMatchObject(refused);
        await expect(store.stat(text)).rejects.toMatchObject(refused);
        await expect(store.has(text)).rejects.toMatchObject(refused);
        await expect(store.delete(text)).rejects.toMatchObject(refused);
        await expect(store.list({ after: text })).rejects.toMatchObject(refused);
        await expect(store.put(new Uint8Array(1), { expected: { digest: text } })).rejects.toMatchObject(
          refused,
        );
        if (text !== '') await expect(store.list({ prefix: `${text}/` })).rejects.toMatchObject(refused);
        if (store.presignGet)
          await expect(store.presignGet(text, { expiresInSeconds: 1 })).rejects.toMatchObject(refused);
      });
    });

    describe('the list', () => {
      const digests = async (options?: { prefix?: string; limit?: number }) => {
        const found = [];
        for await (const { digest } of allBlobs(store, options)) found.push(digest);
        return found;
      };

      it('is in the order of the digests, with sizes and times, and knows no strangers', async () => {
        await subject.litter();
        const stored = await Promise.all(Array.from({ length: 20 }, (_, i) => store.put(freshBytes(i + 1))));
        const entries = [];
        for await (const entry of allBlobs(store)) entries.push(entry);
        expect(entries.map(({ digest }) => digest)).toEqual(
          [...new Set(entries.map(({ digest }) => digest))].sort(),
        );
        for (const blob of stored) {
          const entry = entries.find(({ digest }) => digest === blob.digest);
          expect(entry).toMatchObject(blob);
          const found = await store.stat(blob.digest);
          // S3 lists milliseconds and states seconds.
          expect(Math.abs(entry!.modifiedAt.getTime() - found!.modifiedAt.getTime())).toBeLessThan(1000);
        }
      });

      it('has the same blobs whatever the size of its pages', async () => {
        const all = await digests();
        expect(all.length).toBeGreaterThan(20);
        for (const limit of [1, 7, all.length - 1, all.length, all.length + 1])
          expect(await digests({ limit })).toEqual(all);
      });

      it('of a prefix has the blobs that begin with it', async () => {
        const all = await digests();
        const chosen = all[Math.floor(all.length / 2)]!;
        for (const length of [0, 7, 8, 9, 10, 20, chosen.length]) {
          const prefix = chosen.slice(0, length);
          const expected = all.filter((digest) => digest.startsWith(prefix));
          expect(await digests({ prefix }), prefix).toEqual(expected);
          expect(await digests({ prefix, limit: 1 }), prefix).toEqual(expected);
        }
      });

      it('begins behind a digest that need not be there', async () => {
        const all = await digests();
        const gone = all[3]!;
        await store.delete(gone);
        const { blobs, next } = await store.list({ after: gone, limit: 2 });
        expect(blobs.map(({ digest }) => digest)).toEqual(all.slice(4, 6));
        expect(next).toBe(all[5]);
        expect(await store.list({ after: `sha256:${'f'.repeat(64)}` })).toEqual({
          blobs: [],
          next: undefined,
        });
      });

      it.each([0, -1, 1.5, 1001, Number.NaN])('has no page of %d blobs', async (limit) => {
        await expect(store.list({ limit })).rejects.toMatchObject({ code: 'BLOB_RANGE_INVALID' });
      });

      it('meets every blob that was there exactly once while others are put and deleted', async () => {
        const there = await digests();
        let paging = true;
        const disturb = (async () => {
          let disturbed = 0;
          for (; paging || disturbed === 0; disturbed += 1) {
            const { digest } = await store.put(freshBytes(20));
            if (disturbed % 2 === 0) await store.delete(digest);
          }
          return disturbed;
        })();
        const met = await digests({ limit: 2 });
        paging = false;
        expect(await disturb).toBeGreaterThan(0);
        expect(met).toEqual([...new Set(met)].sort());
        expect(met.filter((digest) => there.includes(digest))).toEqual(there);
      });
    });
  });
}
