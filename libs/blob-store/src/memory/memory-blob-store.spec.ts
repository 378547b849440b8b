import { expect, it } from 'vitest';
import { describeBlobStore } from '../testing/index.js';
import { type MemoryBlob, openMemoryBlobStore } from './memory-blob-store.js';

describeBlobStore('the store in memory', async () => {
  const blobs = new Map<string, MemoryBlob>();
  return {
    store: openMemoryBlobStore({ blobs }),
    damage: async (digest, bytes) => {
      blobs.set(digest.slice('sha256:'.length), { bytes, modifiedAt: new Date() });
    },
    litter: async () => undefined,
    leftovers: async () => [],
    // Where a read takes a second piece.
    thresholds: [1 << 18],
    close: async () => blobs.clear(),
  };
});

it('tells the time by the clock it is given', async () => {
  const modifiedAt = new Date('2026-01-02T03:04:05Z');
  const store = openMemoryBlobStore({ now: () => modifiedAt });
  const { digest } = await store.put(new Uint8Array(3));
  expect(await store.stat(digest)).toEqual({ sizeBytes: 3, modifiedAt });
});
