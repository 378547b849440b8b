import { packageDigest } from '@moda/module-format';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, VersionRecord } from '../../catalogue.js';
import { digestOf, samplePackage } from '../publication.js';
import { allItems, at, newOwner, published, start } from './under-test.js';

export function describeCompositions(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });

  const newVersion = (options: Parameters<typeof published>[2] = {}) =>
    published(catalogue, { owner: newOwner(), model: 'm', version: '1.0.0' }, options);
  const compositionOf = (version: VersionRecord, classes: readonly number[], tau = 0.9) => ({
    id: digestOf(`${version.digest} ${classes.join()} ${tau}`),
    versionId: version.id,
    parentDigest: version.digest,
    ratesDigest: version.ratesDigest!,
    classes,
    tau,
    parameters: 10,
    flops: 20,
    weightsBytes: 30,
  });
  const cutOf = (id: string) => ({
    digest: digestOf(`cut ${id}`),
    package: samplePackage(`cut ${id}`),
    signature: undefined,
  });
  const signature = { algorithm: 'ed25519' as const, keyId: 'key', signature: 'c2ln' };

  describe('a composition', () => {
    it('is known once it is asked for, and has a package once it was cut', async () => {
      const version = await newVersion();
      const asked = compositionOf(version, [0, 2], 1 / 3);
      const noted = await catalogue.noteComposition(asked, start);
      expect(noted).toEqual({
        ...asked,
        digest: undefined,
        package: undefined,
        signature: undefined,
        createdAt: start,
      });
      expect(await catalogue.noteComposition(asked, at(1))).toEqual(noted);
      expect(await catalogue.composition(asked.id)).toEqual(noted);
      const cut = { ...cutOf(asked.id), signature };
      expect(await catalogue.compositionByDigest(cut.digest)).toBeUndefined();
      const complete = await catalogue.completeComposition(asked.id, cut);
      expect(complete).toEqual({ ...noted, ...cut });
      expect(await catalogue.completeComposition(asked.id, { ...cut, digest: digestOf('other') })).toEqual(
        complete,
      );
      expect(await catalogue.composition(asked.id)).toEqual(complete);
      expect(await catalogue.compositionByDigest(cut.digest)).toEqual(complete);
    });

    it('that nobody asked for cannot be completed', async () => {
      expect(await catalogue.completeComposition('never', cutOf('never'))).toBeUndefined();
      expect(await catalogue.composition('never')).toBeUndefined();
    });

    it('that many ask for at a time is one', async () => {
      const version = await newVersion();
      const asked = compositionOf(version, [1]);
      const noted = await Promise.all(
        Array.from({ length: 10 }, async (_, i) => {
          await catalogue.noteComposition(asked, at(i));
          return catalogue.completeComposition(asked.id, cutOf(asked.id));
        }),
      );
      expect(new Set(noted.map((each) => JSON.stringify(each))).size).toBe(1);
      expect((await catalogue.compositionsOf(version.id, { first: 10 })).items).toHaveLength(1);
    });

    it('is listed with its version, the newest first, on pages of any size', async () => {
      const version = await newVersion();
      const asked = [[0], [1], [0, 1], [0, 1, 2], [2]].map((classes) => compositionOf(version, classes));
      for (const each of asked) await catalogue.noteComposition(each, start);
      const newestFirst = asked.map(({ id }) => id).reverse();
      for (const first of [1, 2, 100]) {
        const found = await allItems((after) =>
          catalogue.compositionsOf(version.id, { first, ...(after && { after }) }),
        );
        expect(found.map(({ id }) => id)).toEqual(newestFirst);
      }
      expect(await catalogue.compositionsOf(version.id, { first: 2 })).toMatchObject({ totalEstimate: 5 });
    });
  });

  describe('the lineage', () => {
    const digestsOf = ({ nodes }: Awaited<ReturnType<Catalogue['lineage']>>) =>
      nodes.map(({ digest }) => digest).sort();

    it('goes up and down, not sideways', async () => {
      const base = await newVersion();
      const compositions = [];
      for (const classes of [[0], [1]]) {
        const asked = compositionOf(base, classes);
        await catalogue.noteComposition(asked, start);
        compositions.push((await catalogue.completeComposition(asked.id, cutOf(asked.id)))!);
      }
      const [one, two] = compositions as [(typeof compositions)[0], (typeof compositions)[0]];
      const unpublished = digestOf(`strong ${base.owner}`);
      const repaired = await newVersion({
        derivedFrom: [
          { role: 'weak', digest: one.digest! },
          { role: 'strong', digest: unpublished, tau: 0.9, classes: [0] },
          { role: 'strong', name: 'known by its name alone' },
        ],
      });
      const lineage = await catalogue.lineage(one.digest!);
      expect(digestsOf(lineage)).toEqual([base.digest, one.digest, repaired.digest].sort());
      expect(lineage.edges).toHaveLength(2);
      expect(lineage.edges).toEqual(
        expect.arrayContaining([
          { from: base.digest, to: one.digest, role: 'base' },
          { from: one.digest, to: repaired.digest, role: 'weak' },
        ]),
      );
      const node = (digest: string | undefined) => lineage.nodes.find((each) => each.digest === digest);
      expect(node(base.digest)).toEqual({ digest: base.digest, version: base, composition: undefined });
      expect(node(one.digest)).toEqual({ digest: one.digest, version: undefined, composition: one });
      expect(digestsOf(await catalogue.lineage(repaired.digest))).toEqual(
        [base.digest, one.digest, repaired.digest, unpublished].sort(),
      );
      expect(digestsOf(await catalogue.lineage(base.digest))).toEqual(
        [base.digest, one.digest, two.digest, repaired.digest].sort(),
      );
      const above = await catalogue.lineage(unpublished);
      expect(above.nodes).toContainEqual({ digest: unpublished, version: undefined, composition: undefined });
      expect(above.edges).toEqual([{ from: unpublished, to: repaired.digest, role: 'strong' }]);
    });

    it('of an unknown digest is that digest', async () => {
      const digest = digestOf(newOwner());
      expect(await catalogue.lineage(digest)).toEqual({
        nodes: [{ digest, version: undefined, composition: undefined }],
        edges: [],
      });
    });

    it('that false manifests make a circle has an end, each node once', async () => {
      const packages = [samplePackage(newOwner()), samplePackage(newOwner())] as const;
      const digests = packages.map(packageDigest);
      for (const [i, each] of packages.entries())
        await newVersion({
          draft: { package: each },
          derivedFrom: [{ role: 'base', digest: digests[1 - i]! }],
        });
      const lineage = await catalogue.lineage(digests[0]!);
      expect(digestsOf(lineage)).toEqual([...digests].sort());
      expect(lineage.edges).toHaveLength(2);
    });
  });

  describe('a use', () => {
    it('counts once per client, version and day', async () => {
      const version = await newVersion();
      const other = await newVersion();
      const use = (client: string, when: string, versionId = version.id) =>
        catalogue.countUse({ versionId, compositionId: undefined, client, at: new Date(when) });
      expect(await use('a', '2026-01-01T00:00:00Z')).toBe(true);
      expect(await use('a', '2026-01-01T23:59:59.999Z')).toBe(false);
      expect(await use('a', '2026-01-02T00:00:00Z')).toBe(true);
      expect(await use('b', '2026-01-01T12:00:00Z')).toBe(true);
      expect(await use('a', '2026-01-01T12:00:00Z', other.id)).toBe(true);
      expect(await use('a', '2026-01-01T12:00:00Z', 'never')).toBe(false);
      expect(await catalogue.uses(version.id, new Date('2026-01-03T00:00:00Z'))).toEqual({
        total: 3,
        last30Days: 3,
      });
      expect(await catalogue.uses(version.id, new Date('2026-01-31T12:00:00Z'))).toEqual({
        total: 3,
        last30Days: 1,
      });
      expect(await catalogue.uses('never', start)).toEqual({ total: 0, last30Days: 0 });
    });

    it('that is told many times at once counts once, and none of many is lost', async () => {
      const version = await newVersion();
      const use = (client: string) =>
        catalogue.countUse({ versionId: version.id, compositionId: digestOf('c'), client, at: start });
      const counted = await Promise.all(Array.from({ length: 60 }, (_, i) => use(`client ${i % 20}`)));
      expect(counted.filter(Boolean)).toHaveLength(20);
      expect((await catalogue.uses(version.id, start)).total).toBe(20);
    });
  });
}
