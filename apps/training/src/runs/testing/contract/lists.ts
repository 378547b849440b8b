import { beforeAll, describe, expect, it } from 'vitest';
import type { RunCriteria, RunOrder, RunStore } from '../../run-store.js';
import { sampleSpec } from '../sample-request.js';
import { claimed, submitted } from './under-test.js';

export function describeLists(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  async function allNames(criteria: RunCriteria, order: RunOrder, first: number) {
    const names: (string | undefined)[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await store.runs(criteria, order, { first, ...(after !== undefined && { after }) });
      names.push(...page.items.map(({ item }) => item.name));
      if (!page.hasNext) return names;
      after = page.items.at(-1)!.cursor;
    }
  }

  describe('lists of runs', () => {
    const experiment = 'lists of runs';
    let first: string;
    beforeAll(async () => {
      const run = await submitted(store, { experiment, name: 'one', user: 'ada', tags: ['a', 'b'] });
      first = run.id;
      await submitted(store, { experiment, name: 'two_2', priority: 2, spec: sampleSpec({ arch: 'vgg16' }) });
      const parent = { runId: run.id, epoch: 1 };
      await submitted(store, { experiment, name: 'three', tags: ['b'], priority: -1, parent });
      const four = await submitted(store, { experiment, name: 'four' });
      await store.annotate(four.id, { archived: true });
      for (const [name, accuracy] of [
        ['good', 0.9],
        ['better', 0.95],
      ] as const) {
        const { run: live } = await claimed(store, { experiment, name });
        await store.move(live.id, 'admitted', 'starting', 'x');
        await store.move(live.id, 'starting', 'running', 'x');
        await store.move(live.id, 'running', 'succeeded', 'x', { outcome: { accuracy } });
      }
    });

    it.each<[RunOrder, readonly string[]]>([
      ['newest', ['better', 'good', 'three', 'two_2', 'one']],
      ['oldest', ['one', 'two_2', 'three', 'good', 'better']],
      ['queue', ['good', 'better', 'two_2', 'one', 'three']],
      ['mostAccurate', ['better', 'good', 'three', 'two_2', 'one']],
    ])('in the order %s show each once, on pages of any size', async (order, names) => {
      for (const size of [1, 2, 5, 100]) expect(await allNames({ experiment }, order, size)).toEqual(names);
    });

    it.each<[string, RunCriteria, readonly string[]]>([
      ['user', { user: 'ada' }, ['one']],
      ['states', { states: ['succeeded', 'running'] }, ['good', 'better']],
      ['no state', { states: [] }, []],
      ['tag', { tags: ['b'] }, ['one', 'three']],
      ['tags', { tags: ['b', 'a'] }, ['one']],
      ['text', { text: 'T' }, ['one', 'two_2', 'three', 'good', 'better']],
      ['part of a name', { text: 'O_2' }, ['two_2']],
      ['text with signs', { text: '%\\_\0' }, []],
      ['architecture', { arch: 'vgg16' }, ['two_2']],
      ['data set', { dataset: 'cifar10' }, []],
      ['archive', { archived: true }, ['four']],
      ['everything', { archived: 'any' }, ['one', 'two_2', 'three', 'four', 'good', 'better']],
    ])('are chosen by %s', async (_, criteria, names) => {
      expect(await allNames({ experiment, ...criteria }, 'oldest', 100)).toEqual(names);
    });

    it('are chosen by id and by parent', async () => {
      expect(await allNames({ ids: [first, 'none'] }, 'newest', 10)).toEqual(['one']);
      expect(await allNames({ ids: [] }, 'newest', 10)).toEqual([]);
      expect(await allNames({ parentId: first }, 'newest', 10)).toEqual(['three']);
    });

    it('say how many there are, and refuse a place in another list', async () => {
      const page = await store.runs({ experiment }, 'newest', { first: 2 });
      expect(page).toMatchObject({ totalEstimate: 5, hasNext: true });
      const after = page.items[1]!.cursor;
      await expect(store.runs({ experiment }, 'oldest', { first: 2, after })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      });
      await expect(store.runs({}, 'newest', { first: 101 })).rejects.toMatchObject({ code: 'PAGE_INVALID' });
    });

    it('are summed up by experiment, the last that changed first', async () => {
      const experiments = await store.experiments();
      const found = experiments.find(({ name }) => name === experiment);
      expect(found).toMatchObject({ runs: 6, states: { queued: 4, succeeded: 2 }, bestAccuracy: 0.95 });
      expect(found!.createdAt.getTime()).toBeLessThanOrEqual(found!.changedAt.getTime());
      const changes = experiments.map(({ changedAt }) => changedAt.getTime());
      expect(changes).toEqual([...changes].sort((a, b) => b - a));
    });
  });
}
