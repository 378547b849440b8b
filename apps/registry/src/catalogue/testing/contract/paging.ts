import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, SearchCriteria, SearchOrder } from '../../catalogue.js';
import { allItems, at, newOwner, published } from './under-test.js';

const orders: readonly SearchOrder[] = ['newest', 'smallest', 'fastest', 'mostAccurate', 'mostUsed'];
const change = { by: 'me', at: at(0) };

/** In what order things are found, and that pages together are the list. */
export function describePaging(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });

  /** Twelve models of two classes, with ties in everything that can be sorted by. */
  async function publishModels(owner: string): Promise<void> {
    for (let i = 0; i < 12; i += 1) {
      const version = await published(
        catalogue,
        { owner, model: `m${i}`, version: '1.0.0' },
        {
          classes: ['a', 'b'],
          accuracy: (i % 4) / 10,
          weightsBytes: 100 + (i % 3),
          flops: 200 + (i % 5),
          modules: (index) => ({
            bytes: 10 + ((i + index) % 3),
            flops: 20 + ((i * 7 + index) % 5),
            accuracy: i % 4 === 0 ? undefined : ((i + index) % 4) / 10,
          }),
        },
      );
      for (let use = 0; use < i % 3; use += 1) await countUse(version.id, `client ${use}`);
    }
  }
  const countUse = (versionId: string, client: string) =>
    catalogue.countUse({ versionId, compositionId: undefined, client, at: at(0) });

  const modules = (
    criteria: SearchCriteria,
    order: SearchOrder,
    first: number,
    between?: () => Promise<unknown>,
  ) =>
    allItems(
      (after) => catalogue.searchModules(criteria, order, { first, ...(after && { after }) }),
      between,
    );
  const versions = (
    criteria: SearchCriteria,
    order: SearchOrder,
    first: number,
    between?: () => Promise<unknown>,
  ) =>
    allItems(
      (after) => catalogue.searchVersions(criteria, order, { first, ...(after && { after }) }),
      between,
    );
  const ids = (found: readonly { readonly module: { readonly id: string } }[]) =>
    found.map(({ module }) => module.id);

  describe('a list', () => {
    const owner = newOwner();
    beforeAll(() => publishModels(owner));

    it('is in its order', async () => {
      const ascending = (values: readonly number[]) =>
        expect(values).toEqual([...values].sort((a, b) => a - b));
      const descending = (values: readonly number[]) =>
        expect(values).toEqual([...values].sort((a, b) => b - a));
      const found = async (order: SearchOrder) => {
        const list = await modules({ owner }, order, 100);
        expect(list).toHaveLength(24);
        return list.map(({ module }) => module);
      };
      expect(
        (await modules({ owner }, 'newest', 100)).map(
          (each) => `${each.version.model}${each.module.className}`,
        ),
      ).toEqual(Array.from({ length: 24 }, (_, i) => `m${11 - Math.floor(i / 2)}${'ab'[i % 2]!}`));
      ascending((await found('smallest')).map(({ bytes }) => bytes));
      ascending((await found('fastest')).map(({ flops }) => flops));
      // What was not measured comes last.
      descending((await found('mostAccurate')).map(({ accuracy }) => accuracy ?? -1));
      ascending((await versions({ owner }, 'smallest', 100)).map(({ weightsBytes }) => weightsBytes));
      ascending((await versions({ owner }, 'fastest', 100)).map(({ flops }) => flops));
      descending((await versions({ owner }, 'mostAccurate', 100)).map(({ accuracy }) => accuracy ?? -1));
      const used = (await versions({ owner }, 'mostUsed', 100)).map(
        ({ model }) => Number(model.slice(1)) % 3,
      );
      expect(used).toEqual([2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0]);
    });

    it.each(orders)('by %s is what its pages are together, whatever their size', async (order) => {
      const whole = await modules({ owner }, order, 100);
      const wholeVersions = await versions({ owner }, order, 100);
      expect(new Set(ids(whole)).size).toBe(24);
      for (const first of [1, 2, 5, 23, 24]) {
        expect(await modules({ owner }, order, first)).toEqual(whole);
        expect(await versions({ owner }, order, first)).toEqual(wholeVersions);
      }
      const page = await catalogue.searchModules({ owner }, order, { first: 23 });
      expect(page).toMatchObject({ hasNext: true, totalEstimate: 24 });
      const end = await catalogue.searchModules({ owner }, order, {
        first: 23,
        after: page.items.at(-1)!.cursor,
      });
      expect(end).toMatchObject({ hasNext: false, totalEstimate: 24 });
    });
  });

  describe('while others publish, replace and use', () => {
    it.each(orders)('pages by %s go on with what the first one saw', async (order) => {
      const owner = newOwner();
      await publishModels(owner);
      const whole = await modules({ owner }, order, 100);
      const wholeVersions = await versions({ owner }, order, 100);
      let turn = 0;
      const disturb = async () => {
        turn += 1;
        const model = whole[(turn * 5) % whole.length]!.version;
        // Something new anywhere in the order, a successor for what is listed, and uses that change the ranks.
        await published(
          catalogue,
          { owner, model: `new${order}${turn}`, version: '1.0.0' },
          {
            classes: ['n'],
            accuracy: 1 / turn,
            weightsBytes: turn * 30,
            modules: () => ({ bytes: turn * 3, accuracy: 0.2 }),
          },
        );
        await published(
          catalogue,
          { owner, model: model.model, version: `2.${turn}.0` },
          { classes: ['a', 'b'] },
        );
        for (const { version } of whole.slice(-6)) await countUse(version.id, `visitor ${turn}`);
      };
      expect(ids(await modules({ owner }, order, 5, disturb))).toEqual(ids(whole));
      // The list has changed meanwhile, and begins anew for who asks anew.
      expect(turn).toBeGreaterThan(3);
      const now = await versions({ owner }, order, 100);
      expect(now.length).toBeGreaterThan(wholeVersions.length);
      const listed = now.map(({ id }) => id);
      expect((await versions({ owner }, order, 4, disturb)).map(({ id }) => id)).toEqual(listed);
    });

    it('what is yanked drops out, and nothing else', async () => {
      const owner = newOwner();
      await publishModels(owner);
      const whole = await modules({ owner }, 'smallest', 100);
      const yanked = [whole[3]!.version.id, whole[20]!.version.id];
      let done = false;
      const found = await modules({ owner }, 'smallest', 8, async () => {
        if (!done) for (const id of yanked) await catalogue.setState(id, 'yanked', undefined, change);
        done = true;
      });
      const stayed = whole.filter(({ version }, i) => i < 8 || !yanked.includes(version.id));
      expect(ids(found)).toEqual(ids(stayed));
    });
  });
}
