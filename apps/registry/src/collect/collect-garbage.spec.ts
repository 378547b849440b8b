import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBlobs, type BlobStore, openMemoryBlobStore } from '@moda/blob-store';
import type { Catalogue } from '../catalogue/catalogue.js';
import { openCatalogue } from '../catalogue/open-catalogue.js';
import { sampleModel } from '../publish/testing/sample-model.js';
import { announcementOf, contentOf, openWorkbench, publish } from '../publish/testing/workbench.js';
import { type Collection, collectGarbage } from './collect-garbage.js';

const hour = 60 * 60 * 1000;
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue({ now: () => new Date('2026-03-01T12:00:00Z') });
}, 180_000);
afterAll(() => catalogue.close());

let seed = 500;
const freshName = () => ({ owner: 'ada', model: `kept-${(seed += 1)}`, version: '1.0.0' });

/** A store and a clock that both can be moved. */
async function openAt(start = new Date('2026-03-01T12:00:00Z')) {
  const now = { value: start };
  const blobs = openMemoryBlobStore({ now: () => now.value });
  const bench = await openWorkbench({ catalogue, blobs });
  const collect = (olderThanMs?: number) =>
    collectGarbage({
      catalogue,
      blobs,
      clock: () => now.value,
      ...(olderThanMs === undefined ? {} : { olderThanMs }),
    });
  const later = (ms: number) => {
    now.value = new Date(now.value.getTime() + ms);
    bench.time.now = now.value;
  };
  return { bench, blobs, collect, later };
}

async function digestsIn(blobs: BlobStore): Promise<string[]> {
  const digests: string[] = [];
  for await (const { digest } of allBlobs(blobs)) digests.push(digest);
  return digests;
}

describe('the collector', () => {
  it('removes old blobs that nothing refers to, and no others', async () => {
    const { bench, blobs, collect, later } = await openAt();
    const model = sampleModel({ seed: (seed += 1) });
    await publish(bench, model, freshName());
    const kept = await digestsIn(blobs);
    const { digest } = await blobs.put(Buffer.from('nobody needs this'));
    expect(await collect()).toMatchObject({ removed: 0, young: 5 });
    later(hour);
    expect(await collect()).toEqual({ kept: 4, removed: 1, young: 0, expiredDrafts: 0, temporaries: 0 });
    expect(await digestsIn(blobs)).toEqual(kept);
    expect(kept).not.toContain(digest);
  });

  it('spares what a draft announced, uploaded or not, until the draft expires', async () => {
    const { bench, blobs, collect, later } = await openAt();
    const model = sampleModel({ seed: (seed += 1) });
    const announced = await bench.publishing.announce(announcementOf(bench, model, freshName()));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    const { path, digest, sizeBytes } = announced.uploads[0]!;
    await bench.publishing.receive(announced.draft.id, digest, sizeBytes, contentOf(model.files.get(path)!));
    later(23 * hour);
    expect(await collect()).toMatchObject({ kept: 1, removed: 0, expiredDrafts: 0 });
    expect(await blobs.has(digest)).toBe(true);
    later(hour);
    expect(await collect()).toMatchObject({ kept: 0, removed: 1, expiredDrafts: 1 });
    expect(await digestsIn(blobs)).toEqual([]);
  });

  it('gives up live drafts where it is told to', async () => {
    const { bench, blobs, later } = await openAt();
    const model = sampleModel({ seed: (seed += 1) });
    const announced = await bench.publishing.announce(announcementOf(bench, model, freshName()));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    const { path, digest, sizeBytes } = announced.uploads[0]!;
    await bench.publishing.receive(announced.draft.id, digest, sizeBytes, contentOf(model.files.get(path)!));
    later(1);
    const parts = { catalogue, blobs, clock: () => bench.time.now, olderThanMs: 0 };
    expect(await collectGarbage(parts)).toMatchObject({ removed: 0, expiredDrafts: 0 });
    expect(await collectGarbage({ ...parts, dropDrafts: true })).toMatchObject({
      removed: 1,
      expiredDrafts: 1,
    });
    expect(await blobs.has(digest)).toBe(false);
  });

  it('spares what was put again between its list and its turn', async () => {
    const { blobs, later } = await openAt();
    const bytes = Buffer.from('about to be referred to');
    const { digest } = await blobs.put(bytes);
    later(2 * hour);
    const withUnreferenced: Catalogue['withUnreferenced'] = async (digests, remove) => {
      await blobs.put(bytes);
      await remove(digests);
    };
    const found = await collectGarbage({
      catalogue: { ...bareCatalogue, withUnreferenced },
      blobs,
      clock: () => new Date('2026-03-01T14:00:00Z'),
    });
    expect(found).toMatchObject({ removed: 0, young: 1 });
    expect(await blobs.has(digest)).toBe(true);
  });

  it('goes through many pages, and tells how far it is', async () => {
    const { blobs, later } = await openAt();
    for (let i = 0; i < 2500; i += 1) await blobs.put(Buffer.from(`orphan ${i}`));
    later(2 * hour);
    const told: Collection[] = [];
    const found = await collectGarbage({
      catalogue: bareCatalogue,
      blobs,
      clock: () => new Date('2026-03-01T14:00:00Z'),
      onProgress: (soFar) => told.push(soFar),
    });
    expect(told.map(({ removed }) => removed)).toEqual([1000, 2000, 2500]);
    expect(found.removed).toBe(2500);
    expect(await digestsIn(blobs)).toEqual([]);
  });

  it('sweeps the temporary files of a store that has such', async () => {
    const blobs = Object.assign(openMemoryBlobStore(), { sweepTemporaries: async (ms: number) => ms / hour });
    const found = await collectGarbage({
      catalogue: bareCatalogue,
      blobs,
      clock: () => new Date(),
      olderThanMs: 3 * hour,
    });
    expect(found.temporaries).toBe(3);
  });
});

/** Nothing refers to anything. */
const bareCatalogue = {
  expireDrafts: async () => 0,
  withUnreferenced: async (
    digests: readonly string[],
    remove: (unreferenced: readonly string[]) => Promise<void>,
  ) => remove(digests),
} satisfies Pick<Catalogue, 'expireDrafts' | 'withUnreferenced'>;
