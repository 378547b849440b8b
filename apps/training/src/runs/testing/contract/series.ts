import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../run-store.js';
import { claimed, point, reported, submitted } from './under-test.js';

export function describeSeries(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  async function withPoints(points: readonly (readonly [number, Record<string, number>])[]) {
    const worker = await claimed(store);
    await reported(
      store,
      worker,
      points.map(([step, values]) => point(step, values)),
    );
    return worker.run.id;
  }

  describe('series', () => {
    it('of short runs are whole, each metric by its own points', async () => {
      const [a, b, none] = [
        await withPoints([
          [1, { loss: 3, accuracy: 0.1 }],
          [2, { loss: 2 }],
          [9, { accuracy: 0.5, loss: 1 }],
        ]),
        await withPoints([[4, { accuracy: 0.7, other: 1 }]]),
        (await submitted(store)).id,
      ];
      expect(
        await store.series([b, none, 'unknown', a], ['accuracy', 'loss', 'absent'], { points: 3 }),
      ).toEqual([
        { runId: b, name: 'accuracy', total: 1, points: [{ step: 4, value: 0.7 }] },
        {
          runId: a,
          name: 'loss',
          total: 3,
          points: [
            { step: 1, value: 3 },
            { step: 2, value: 2 },
            { step: 9, value: 1 },
          ],
        },
        {
          runId: a,
          name: 'accuracy',
          total: 3,
          points: [
            { step: 1, value: 0.1 },
            { step: 9, value: 0.5 },
          ],
        },
      ]);
      expect((await store.series([b], [], { points: 10 })).map(({ name }) => name)).toEqual([
        'accuracy',
        'other',
      ]);
      expect(await store.series([], [], { points: 10 })).toEqual([]);
    });

    it('of long runs keep their extremes, have no more points than asked for, and invent none', async () => {
      const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(
          values,
          fc.integer({ min: 2, max: 20 }),
          fc.integer({ min: 1, max: 7 }),
          async (all, points, stride) => {
            const stored = all.map((value, i) => [i * stride, { value: value + 0 }] as const);
            const id = await withPoints(stored);
            const [series] = await store.series([id], ['value'], { points });
            expect(series!.total).toBe(all.length);
            expect(series!.points.length).toBeLessThanOrEqual(points);
            const steps = series!.points.map(({ step }) => step);
            expect(steps).toEqual([...new Set(steps)].sort((x, y) => x - y));
            const known = new Map(stored.map(([step, { value }]) => [step, value]));
            for (const { step, value } of series!.points) expect(value).toBe(known.get(step));
            const shown = series!.points.map(({ value }) => value);
            expect(Math.max(...shown)).toBe(Math.max(...known.values()));
            expect(Math.min(...shown)).toBe(Math.min(...known.values()));
          },
        ),
        { numRuns: 12 },
      );
    });

    it('show numbers that are none', async () => {
      const id = await withPoints([
        [1, { loss: 1 }],
        [2, { loss: NaN }],
        [3, { loss: Infinity }],
      ]);
      const [series] = await store.series([id], [], { points: 100 });
      expect(series!.points.map(({ value }) => value)).toEqual([1, NaN, Infinity]);
      const [few] = await store.series([id], [], { points: 2 });
      expect(few!.points).toEqual([
        { step: 1, value: 1 },
        { step: 2, value: NaN },
      ]);
    });
  });
}
