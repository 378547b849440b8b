import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../run-record.js';
import type { RunStore } from '../../run-store.js';
import { claimed, manyRuns, newWorker, submitted } from './under-test.js';

export function describeClaiming(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  /** Nothing is queued or live any more. */
  async function empty(): Promise<void> {
    const page = await store.runs({ states: ['queued'], archived: 'any' }, 'queue', { first: 100 });
    for (const { item } of page.items) await store.requestCancel(item.id, 'Tidied up.');
    for (const { id, state } of await store.live()) await store.move(id, state, 'cancelled', 'Tidied up.');
    if (page.hasNext) await empty();
  }
  const claim = (limits: { total: number; perUser: number } = manyRuns) =>
    store.claimNext({ worker: newWorker(), limits });

  describe('the queue', () => {
    it('gives the highest priority first, then the oldest', async () => {
      await empty();
      const runs: RunRecord[] = [];
      for (const priority of [0, 5, -1, 5, 0]) runs.push(await submitted(store, { priority }));
      const order = await store.runs({ states: ['queued'] }, 'queue', { first: 10 });
      const expected = [1, 3, 0, 4, 2].map((i) => runs[i]!.id);
      expect(order.items.map(({ item }) => item.id)).toEqual(expected);
      for (const id of expected) expect(await claim()).toMatchObject({ id, state: 'admitted', attempt: 1 });
      expect(await claim()).toBeUndefined();
    });

    it('keeps to the limits of all and of each user', async () => {
      await empty();
      for (const user of ['ada', 'ada', 'ada', 'bob']) await submitted(store, { user });
      const limits = { total: 3, perUser: 2 };
      const users = [];
      for (let i = 0; i < 4; i += 1) users.push((await claim(limits))?.user);
      expect(users).toEqual(['ada', 'ada', 'bob', undefined]);
      expect(await claim({ total: 4, perUser: 2 })).toBeUndefined();
      const [first] = await store.live();
      await store.move(first!.id, 'admitted', 'failed', 'Gone.');
      expect((await claim(limits))?.user).toBe('ada');
      expect(await claim({ total: 100, perUser: 0 })).toBeUndefined();
    });

    it('gives each run to one and passes no limit, however many ask at once', async () => {
      await empty();
      for (let i = 0; i < 6; i += 1) await submitted(store, { user: `u${i % 2}` });
      const limits = { total: 3, perUser: 2 };
      const found = await Promise.all(Array.from({ length: 8 }, () => claim(limits)));
      const got = found.filter((run) => run !== undefined);
      expect(new Set(got.map(({ id }) => id)).size).toBe(3);
      expect(got).toHaveLength(3);
    });

    it('passes over a run that is to be cancelled', async () => {
      await empty();
      const { run } = await claimed(store);
      await store.requestCancel(run.id, 'x');
      await store.move(run.id, 'admitted', 'interrupted', 'x');
      await store.move(run.id, 'interrupted', 'queued', 'x');
      expect(await claim()).toBeUndefined();
    });
  });

  describe('a run that a cluster has admitted', () => {
    it('is claimed whatever else waits, once, with a new attempt', async () => {
      await empty();
      const before = await submitted(store, { priority: 9 });
      const run = await submitted(store);
      const worker = newWorker();
      const reason = 'The queue has room for it.';
      const claims = await Promise.all([1, 2, 3].map(() => store.claim(run.id, { worker, reason })));
      const got = claims.filter((claimed) => claimed !== undefined);
      expect(got).toMatchObject([{ id: run.id, state: 'admitted', reason, attempt: 1, worker }]);
      expect(got[0]?.heartbeatAt).toBeInstanceOf(Date);
      expect(await store.beat(run.id, worker.token, new Date())).toBe(true);
      expect((await store.run(before.id))?.state).toBe('queued');
      await empty();
    });

    it('stays as it is where it is not queued, is to be cancelled, or is none', async () => {
      const claiming = { worker: newWorker(), reason: 'x' };
      expect(await store.claim('none', claiming)).toBeUndefined();
      const { run } = await claimed(store);
      expect(await store.claim(run.id, claiming)).toBeUndefined();
      await store.requestCancel(run.id, 'x');
      await store.move(run.id, 'admitted', 'interrupted', 'x');
      await store.move(run.id, 'interrupted', 'queued', 'x');
      expect(await store.claim(run.id, claiming)).toBeUndefined();
      expect((await store.run(run.id))?.attempt).toBe(1);
      await empty();
    });
  });

  describe('a worker', () => {
    it('beats for its own attempt only', async () => {
      const { run, token } = await claimed(store);
      const later = new Date(run.heartbeatAt!.getTime() + 5000);
      expect(await store.beat(run.id, token, later)).toBe(true);
      expect((await store.run(run.id))?.heartbeatAt).toEqual(later);
      // A message that was late changes nothing.
      expect(await store.beat(run.id, token, run.heartbeatAt!)).toBe(true);
      expect((await store.run(run.id))?.heartbeatAt).toEqual(later);
      expect(await store.beat(run.id, 'another', later)).toBe(false);
      expect(await store.beat('none', token, later)).toBe(false);
    });

    it('that keeps silent is stale, and one that beats is not', async () => {
      await empty();
      const [silent, beating] = [await claimed(store), await claimed(store)];
      const moment = new Date(Date.now() + 3_600_000);
      expect((await store.stale(moment)).map(({ id }) => id)).toEqual([silent.run.id, beating.run.id]);
      await store.beat(beating.run.id, beating.token, new Date(moment.getTime() + 1));
      expect((await store.stale(moment)).map(({ id }) => id)).toEqual([silent.run.id]);
      expect(await store.stale(new Date(0))).toEqual([]);
      expect((await store.live()).map(({ id }) => id)).toEqual([silent.run.id, beating.run.id]);
      await empty();
    });
  });
}
