import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, DraftRecord } from '../../catalogue.js';
import { digestOf, sampleFacts, samplePackage } from '../publication.js';
import { announced, at, newOwner, published, start } from './under-test.js';

export function describeCollecting(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });
  const newName = () => ({ owner: newOwner(), model: 'm', version: '1.0.0' });

  async function unreferenced(digests: readonly string[]): Promise<readonly string[]> {
    const removed: string[] = [];
    await catalogue.withUnreferenced(digests, async (some) => void removed.push(...some));
    return removed;
  }
  const blobsOf = ({ digest, package: { files } }: Pick<DraftRecord, 'digest' | 'package'>) => [
    digest,
    ...files.map((file) => file.digest),
  ];

  describe('the collector', () => {
    it('gets what nothing refers to, and is not called for nothing', async () => {
      const digests = Array.from({ length: 250 }, (_, i) => digestOf(`nobody's ${i}`));
      expect(await unreferenced([...digests, digests[0]!])).toEqual(digests);
      const draft = await announced(catalogue, newName());
      let called = false;
      await catalogue.withUnreferenced(blobsOf(draft), async () => void (called = true));
      await catalogue.withUnreferenced([], async () => void (called = true));
      expect(called).toBe(false);
    });

    it('spares the blobs of a draft, the package manifest too, until it is abandoned or has expired', async () => {
      const abandoned = await announced(catalogue, newName());
      const expiring = await announced(catalogue, newName(), { expiresAt: at(100) });
      expect(await unreferenced([...blobsOf(abandoned), ...blobsOf(expiring)])).toEqual([]);
      await catalogue.abandon(abandoned.id);
      expect(await unreferenced([...blobsOf(abandoned), ...blobsOf(expiring)])).toEqual(blobsOf(abandoned));
      await catalogue.expireDrafts(at(100));
      expect(await unreferenced(blobsOf(expiring))).toEqual(blobsOf(expiring));
    });

    it('spares a blob as long as one of many needs it', async () => {
      const shared = { package: samplePackage(newOwner()) };
      const one = await announced(catalogue, newName(), shared);
      const two = await announced(catalogue, newName(), shared);
      await catalogue.abandon(one.id);
      expect(await unreferenced(blobsOf(one))).toEqual([]);
      await catalogue.abandon(two.id);
      expect(await unreferenced(blobsOf(one))).toEqual(blobsOf(one));
    });

    it('spares the blobs of a version in every state', async () => {
      const draft = await announced(catalogue, newName());
      const outcome = await catalogue.release(draft.id, sampleFacts(), start);
      expect(await unreferenced(blobsOf(draft))).toEqual([]);
      await catalogue.expireDrafts(new Date('2200-01-01'));
      if (outcome.kind === 'released')
        await catalogue.setState(outcome.version.id, 'yanked', undefined, { by: 'me', at: start });
      expect(await unreferenced(blobsOf(draft))).toEqual([]);
    });

    it('spares the blobs of a composition that was cut', async () => {
      const version = await published(catalogue, newName());
      const id = digestOf(`composition of ${version.id}`);
      const facts = { parameters: 1, flops: 1, weightsBytes: 1, classes: [0], tau: 0.9 };
      await catalogue.noteComposition(
        {
          id,
          versionId: version.id,
          parentDigest: version.digest,
          ratesDigest: version.ratesDigest!,
          ...facts,
        },
        start,
      );
      const cut = { digest: digestOf(`cut ${id}`), package: samplePackage(id), signature: undefined };
      expect(await unreferenced(blobsOf(cut))).toEqual(blobsOf(cut));
      await catalogue.completeComposition(id, cut);
      expect(await unreferenced(blobsOf(cut))).toEqual([]);
    });

    it('lets nobody refer to a blob while it is being removed, and everybody read', async () => {
      const name = newName();
      const shared = samplePackage(name.owner);
      const digest = shared.files[0]!.digest;
      const order: string[] = [];
      let announcing: Promise<unknown> | undefined;
      await catalogue.withUnreferenced([digest], async () => {
        order.push('removing');
        announcing = announced(catalogue, name, { package: shared }).then(() => order.push('announced'));
        await sleep(100);
        expect(await catalogue.versionById('anything')).toBeUndefined();
        order.push('removed');
      });
      await announcing;
      expect(order).toEqual(['removing', 'removed', 'announced']);
      expect(await unreferenced([digest])).toEqual([]);
    });

    it('that fails says so and lets the others go on', async () => {
      const digest = digestOf(newOwner());
      const failing = catalogue.withUnreferenced([digest], async () => {
        throw new Error('the disk is gone');
      });
      await expect(failing).rejects.toThrow('the disk is gone');
      expect(await announced(catalogue, newName())).toHaveProperty('id');
      expect(await unreferenced([digest])).toEqual([digest]);
    });

    it('never removes what is announced at the same moment', async () => {
      for (let round = 0; round < 10; round += 1) {
        const packages = Array.from({ length: 8 }, () => samplePackage(newOwner()));
        const stored = new Set(packages.flatMap(({ files }) => files.map((file) => file.digest)));
        const collecting = catalogue.withUnreferenced([...stored], async (some) => {
          for (const digest of some) {
            await sleep(1);
            stored.delete(digest);
          }
        });
        // A publisher announces first and looks then which blobs are there.
        const found = packages.map(async (each) => {
          await sleep(Math.random() * 20);
          await announced(catalogue, newName(), { package: each });
          return each.files.map((file) => file.digest).filter((digest) => stored.has(digest));
        });
        const there = (await Promise.all(found)).flat();
        await collecting;
        for (const digest of there) expect(stored.has(digest), `round ${round}`).toBe(true);
      }
    });
  });
}
