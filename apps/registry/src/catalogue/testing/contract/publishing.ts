import { packageDigest } from '@moda/module-format';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../catalogue.js';
import { sampleDraft, sampleFacts, samplePackage } from '../publication.js';
import { allItems, announced, at, newOwner, published, released, start } from './under-test.js';

const range = (length: number) => Array.from({ length }, (_, i) => i);

export function describePublishing(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });
  const name = (version = '1.0.0', model = 'digits') => ({ owner: newOwner(), model, version });
  const signature = { algorithm: 'ed25519' as const, keyId: 'key', signature: 'c2ln' };

  describe('a draft', () => {
    it('is there by its id and is no version yet', async () => {
      const request = sampleDraft(name(), { signature, description: 'A model.', runId: 'run-1' });
      const outcome = await catalogue.announce(request);
      const digest = packageDigest(request.package);
      expect(outcome).toMatchObject({ kind: 'draft', draft: { ...request, digest } });
      const draft = outcome.kind === 'draft' ? outcome.draft : undefined;
      expect(draft?.createdAt).toBeInstanceOf(Date);
      expect(await catalogue.draft(draft!.id)).toEqual(draft);
      expect(await catalogue.versionsByDigest(digest)).toEqual([]);
      expect(await catalogue.version(request, { kind: 'version', version: '1.0.0' })).toBeUndefined();
    });

    it('that is abandoned is gone, and may be abandoned again', async () => {
      const draft = await announced(catalogue, name());
      await catalogue.abandon(draft.id);
      await catalogue.abandon(draft.id);
      expect(await catalogue.draft(draft.id)).toBeUndefined();
      expect(await catalogue.release(draft.id, sampleFacts(), start)).toEqual({ kind: 'noDraft' });
    });

    it('past its time cannot be released, and goes when drafts expire', async () => {
      const late = await announced(catalogue, name(), { expiresAt: at(10) });
      const live = await announced(catalogue, name(), { expiresAt: at(11) });
      expect(await catalogue.release(late.id, sampleFacts(), at(10))).toEqual({ kind: 'noDraft' });
      expect(await catalogue.draft(late.id)).toEqual(late);
      expect(await catalogue.expireDrafts(at(10))).toBeGreaterThanOrEqual(1);
      expect(await catalogue.draft(late.id)).toBeUndefined();
      expect(await catalogue.draft(live.id)).toEqual(live);
    });

    it.each([
      '1',
      '1.0',
      'v1.0.0',
      ' 1.0.0',
      '1.0.0 ',
      '01.0.0',
      '1.0.0-',
      '1.0.0-01',
      'latest',
      '',
      '1.0.0\n',
    ])('of the version %j is refused', async (version) => {
      await expect(catalogue.announce(sampleDraft(name(version)))).rejects.toMatchObject({
        code: 'VERSION_INVALID',
      });
    });

    it('keeps texts with any characters', async () => {
      const texts = {
        description: `'; drop table "x"; -- \\ \u{1F600} \r\n\t %_`,
        runId: '\u{FFFF}',
        by: 'é',
      };
      const draft = await announced(catalogue, name(), texts);
      expect(await catalogue.draft(draft.id)).toMatchObject(texts);
      // What the database cannot hold is replaced, not an outage.
      const zero = await announced(catalogue, name(), { description: 'a\0b\u{D800}c' });
      expect((await catalogue.draft(zero.id))?.description).toBe('a\u{FFFD}b\u{FFFD}c');
    });
  });

  describe('a release', () => {
    it('makes the draft a version with all that was found out, and its modules by class', async () => {
      const publication = name('1.2.3-rc.1+build.5');
      const draft = await announced(catalogue, publication, {
        signature,
        description: 'A model.',
        runId: 'run-1',
      });
      const facts = sampleFacts({
        modules: (index) => (index === 1 ? { accuracy: undefined } : { share: 1 / 3 }),
      });
      const version = await released(catalogue, draft, facts, at(3));
      const { modules, ...kept } = facts;
      expect(version).toEqual({
        ...kept,
        ...publication,
        id: version.id,
        digest: packageDigest(draft.package),
        package: draft.package,
        signature,
        state: 'released',
        stateMessage: undefined,
        description: 'A model.',
        runId: 'run-1',
        publishedBy: 'somebody',
        publishedAt: at(3),
      });
      expect(await catalogue.versionById(version.id)).toEqual(version);
      expect(await catalogue.version(publication, { kind: 'version', version: publication.version })).toEqual(
        version,
      );
      expect(await catalogue.versionsByDigest(version.digest)).toEqual([version]);
      const records = await catalogue.modulesOf(version.id);
      expect(records).toEqual(
        modules.map((module, i) => ({ ...module, versionId: version.id, id: records[i]!.id })),
      );
      expect(new Set(records.map(({ id }) => id)).size).toBe(3);
      expect(await catalogue.moduleById(records[2]!.id)).toEqual({ module: records[2], version });
      expect(await catalogue.draft(draft.id)).toBeUndefined();
    });

    it('of a model without activation rates or accuracy has no modules', async () => {
      const draft = await announced(catalogue, name());
      const facts = { ...sampleFacts({ hasRates: false }), accuracy: undefined, dataset: undefined };
      const version = await released(catalogue, draft, facts);
      expect(version).toMatchObject({ accuracy: undefined, dataset: undefined, ratesDigest: undefined });
      expect(await catalogue.modulesOf(version.id)).toEqual([]);
    });

    it('of a thousand classes keeps them all', async () => {
      const classes = range(1000).map((i) => `class ${i}`);
      const version = await published(catalogue, name(), { classes });
      const records = await catalogue.modulesOf(version.id);
      expect(records.map(({ className }) => className)).toEqual(classes);
    });

    it('that is repeated finds the version', async () => {
      const draft = await announced(catalogue, name());
      const version = await released(catalogue, draft);
      const again = await catalogue.release(draft.id, sampleFacts(), at(1));
      expect(again).toEqual({ kind: 'released', version, created: false });
    });

    it('of the same package under the same name finds the version, announced before or after', async () => {
      const publication = name();
      const first = await announced(catalogue, publication);
      const second = await announced(catalogue, publication);
      const version = await released(catalogue, first);
      expect(await catalogue.release(second.id, sampleFacts(), start)).toEqual({
        kind: 'released',
        version,
        created: false,
      });
      expect(await catalogue.announce(sampleDraft(publication))).toEqual({ kind: 'released', version });
    });

    it('of another package under the same name is a conflict, announced before or after', async () => {
      const publication = name();
      const other = { package: samplePackage('another') };
      const second = await announced(catalogue, publication, other);
      const version = await published(catalogue, publication);
      const conflict = { kind: 'conflict', existingDigest: version.digest };
      expect(await catalogue.release(second.id, sampleFacts(), start)).toEqual(conflict);
      expect(await catalogue.release(second.id, sampleFacts(), start)).toEqual(conflict);
      expect(await catalogue.announce(sampleDraft(publication, other))).toEqual(conflict);
      // Not for being withdrawn: whoever has the name written down must not get something else.
      await catalogue.setState(version.id, 'yanked', 'wrong', { by: 'me', at: start });
      expect(await catalogue.announce(sampleDraft(publication, other))).toEqual(conflict);
      expect(await catalogue.versionsByDigest(packageDigest(other.package))).toEqual([]);
    });

    it('of one package under two names is two versions, the older first', async () => {
      const shared = { package: samplePackage(newOwner()) };
      const one = await published(catalogue, name(), { draft: shared });
      const two = await published(catalogue, name(), { draft: shared });
      expect(await catalogue.versionsByDigest(one.digest)).toEqual([one, two]);
    });

    it('of what was never announced finds no draft', async () => {
      expect(await catalogue.release('never', sampleFacts(), start)).toEqual({ kind: 'noDraft' });
      expect(await catalogue.moduleById('never')).toBeUndefined();
      expect(await catalogue.moduleById('never.1')).toBeUndefined();
      expect(await catalogue.versionById('\0')).toBeUndefined();
    });
  });

  describe('many at a time', () => {
    it('who publish other packages under one name: one wins, the others hear of it', async () => {
      for (const round of range(5)) {
        const publication = name(`1.0.${round}`);
        const drafts = await Promise.all(
          range(8).map((i) =>
            announced(catalogue, publication, { package: samplePackage(`${publication.owner} ${i}`) }),
          ),
        );
        const outcomes = await Promise.all(
          drafts.map(({ id }) => catalogue.release(id, sampleFacts(), start)),
        );
        const won = outcomes.filter(({ kind }) => kind === 'released');
        expect(won).toHaveLength(1);
        const [version] = (await catalogue.versionsOf(publication, { first: 100 })).items;
        expect(won).toEqual([{ kind: 'released', version: version!.item, created: true }]);
        const lost = outcomes.filter(({ kind }) => kind !== 'released');
        for (const outcome of lost)
          expect(outcome).toEqual({ kind: 'conflict', existingDigest: version!.item.digest });
      }
    });

    it('who publish the same package under one name all have it, made once', async () => {
      const publication = name();
      const outcomes = await Promise.all(
        range(8).map(async () => {
          const outcome = await catalogue.announce(sampleDraft(publication));
          if (outcome.kind !== 'draft')
            return outcome.kind === 'released' ? { ...outcome, created: false } : outcome;
          return catalogue.release(outcome.draft.id, sampleFacts(), start);
        }),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'released'));
      expect(outcomes.filter((outcome) => 'created' in outcome && outcome.created)).toHaveLength(1);
      expect((await catalogue.versionsOf(publication, { first: 100 })).items).toHaveLength(1);
    });

    it('who publish two hundred: none is lost, none is there twice', async () => {
      const owner = newOwner();
      const names = range(200).map((i) => ({
        owner,
        model: `model-${i % 50}`,
        version: `${Math.floor(i / 50)}.${i}.0`,
      }));
      const versions = await Promise.all(names.map((each) => published(catalogue, each)));
      expect(new Set(versions.map(({ id }) => id)).size).toBe(200);
      const found = await allItems((after) =>
        catalogue.searchVersions({ owner, everyVersion: true }, 'newest', {
          first: 70,
          ...(after && { after }),
        }),
      );
      expect(new Map(found.map((version) => [version.id, version]))).toEqual(
        new Map(versions.map((version) => [version.id, version])),
      );
      expect(found).toHaveLength(200);
      const newest = await catalogue.searchVersions({ owner }, 'newest', { first: 100 });
      expect(newest.items.map(({ item }) => item.version).sort()).toEqual(
        range(50)
          .map((i) => `3.${150 + i}.0`)
          .sort(),
      );
      for (const model of ['model-0', 'model-49']) {
        const latest = await catalogue.version({ owner, model }, { kind: 'alias', alias: 'latest' });
        expect(latest?.version.startsWith('3.'), model).toBe(true);
      }
    });
  });
}
