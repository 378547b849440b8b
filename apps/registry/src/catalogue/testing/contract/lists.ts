import fc from 'fast-check';
import { compare } from 'semver';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../catalogue.js';
import { allItems, newOwner, published, start } from './under-test.js';

export function describeLists(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });

  describe('the versions of a run', () => {
    it('are those that were announced with it, under any name, the oldest first', async () => {
      const owner = newOwner();
      const runId = `run of ${owner}`;
      const of = (model: string, run: string | undefined) =>
        published(catalogue, { owner, model, version: '1.0.0' }, { draft: { runId: run } });
      const first = await of('z', runId);
      await of('other', `another ${runId}`);
      await of('none', undefined);
      const second = await of('a', runId);
      expect(await catalogue.versionsOfRun(runId)).toEqual([first, second]);
      expect(await catalogue.versionsOfRun('no run')).toEqual([]);
    });
  });

  describe('the versions of a model', () => {
    it('are in the order of semantic versions, the highest first, in any state, on pages of any size', async () => {
      const name = { owner: newOwner(), model: 'm' };
      const versions = [
        '1.0.0',
        '1.0.0-rc.1',
        '1.0.0-rc.10',
        '1.0.0-rc.2',
        '0.9.9',
        '10.0.0',
        '9.0.0',
        '1.0.0-alpha',
      ];
      for (const version of versions) await published(catalogue, { ...name, version });
      const yanked = await catalogue.version(name, { kind: 'version', version: '9.0.0' });
      await catalogue.setState(yanked!.id, 'yanked', undefined, { by: 'me', at: start });
      const highestFirst = [...versions].sort(compare).reverse();
      for (const first of [1, 3, 8, 100]) {
        const pages = await allItems((after) =>
          catalogue.versionsOf(name, { first, ...(after && { after }) }),
        );
        expect(pages.map(({ version }) => version)).toEqual(highestFirst);
      }
      expect(await catalogue.versionsOf(name, { first: 1 })).toMatchObject({
        hasNext: true,
        totalEstimate: 8,
      });
    });

    it('of an unknown model are none', async () => {
      const none = { items: [], hasNext: false, totalEstimate: 0 };
      expect(await catalogue.versionsOf({ owner: newOwner(), model: 'm' }, { first: 5 })).toEqual(none);
    });
  });

  describe('the names of models', () => {
    it('are in the order of their bytes, each once, on pages of any size', async () => {
      const owner = newOwner();
      const models = ['a', 'a-b', 'a.b', 'a0', 'a_b', 'ab', 'b', '0'];
      for (const model of models) {
        await published(catalogue, { owner, model, version: '1.0.0' });
        await published(catalogue, { owner, model, version: '2.0.0' });
      }
      const inOrder = [...models].sort().map((model) => ({ owner, model }));
      for (const first of [1, 3, 100])
        expect(
          await allItems((after) => catalogue.modelNames({ owner, first, ...(after && { after }) })),
        ).toEqual(inOrder);
      expect((await catalogue.modelNames({ owner, first: 1 })).totalEstimate).toBe(models.length);
      const everybody = await allItems((after) =>
        catalogue.modelNames({ first: 100, ...(after && { after }) }),
      );
      expect(everybody.filter((each) => each.owner === owner)).toEqual(inOrder);
      const keys = everybody.map((each) => `${each.owner}\0${each.model}`);
      expect(keys).toEqual([...keys].sort());
    });
  });

  describe('a cursor', () => {
    it('that no page gave is refused with a sentence', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string(),
            fc.base64String(),
            fc.json().map((json) => Buffer.from(json).toString('base64url')),
          ),
          async (after) => {
            await expect(catalogue.searchModules({}, 'newest', { first: 1, after })).rejects.toMatchObject({
              code: 'CURSOR_INVALID',
            });
            await expect(catalogue.modelNames({ first: 1, after })).rejects.toMatchObject({
              code: 'CURSOR_INVALID',
            });
          },
        ),
        { numRuns: 50 },
      );
    });

    it('of one list is none of another, nor of the same question in another order', async () => {
      const owner = newOwner();
      await published(catalogue, { owner, model: 'm', version: '1.0.0' });
      const page = await catalogue.searchModules({ owner, dataset: 'cifar10' }, 'smallest', { first: 1 });
      const after = page.items[0]!.cursor;
      const refused = { code: 'CURSOR_INVALID' };
      await expect(catalogue.searchModules({ owner }, 'smallest', { first: 1, after })).rejects.toMatchObject(
        refused,
      );
      await expect(
        catalogue.searchModules({ owner, dataset: 'cifar10' }, 'fastest', { first: 1, after }),
      ).rejects.toMatchObject(refused);
      await expect(
        catalogue.searchVersions({ owner, dataset: 'cifar10' }, 'smallest', { first: 1, after }),
      ).rejects.toMatchObject(refused);
      await expect(catalogue.versionsOf({ owner, model: 'm' }, { first: 1, after })).rejects.toMatchObject(
        refused,
      );
      // The same question, written otherwise.
      const next = await catalogue.searchModules({ dataset: 'cifar10', owner }, 'smallest', {
        first: 2,
        after,
      });
      expect(next.items).toHaveLength(2);
    });
  });

  it.each([0, -1, 101, 1.5, Number.NaN])('a page of %s is refused', async (first) => {
    const refused = { code: 'PAGE_INVALID' };
    await expect(catalogue.searchModules({}, 'newest', { first })).rejects.toMatchObject(refused);
    await expect(catalogue.modelNames({ first })).rejects.toMatchObject(refused);
  });
}
