import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ActivationRates } from './activation-rates.js';
import { masksAt } from './masks.js';

/** Rates of one layer from counts by class, each class with the same number of samples. */
function oneLayer(samples: number, byClass: readonly (readonly number[])[]): ActivationRates {
  return {
    samples: Uint32Array.from(byClass, () => samples),
    layers: [{ name: 'relu', units: byClass[0]?.length ?? 0, counts: Uint32Array.from(byClass.flat()) }],
  };
}

const ratesArbitrary = fc
  .record({
    classes: fc.integer({ min: 1, max: 4 }),
    units: fc.integer({ min: 1, max: 12 }),
    samples: fc.integer({ min: 1, max: 20 }),
  })
  .chain(({ classes, units, samples }) =>
    fc
      .array(fc.array(fc.integer({ min: 0, max: samples }), { minLength: units, maxLength: units }), {
        minLength: classes,
        maxLength: classes,
      })
      .map((counts) => oneLayer(samples, counts)),
  );

describe('masks at a threshold', () => {
  it('keep the units that are active for a share of at least tau of a class', () => {
    const rates = oneLayer(10, [
      [9, 8, 10, 0],
      [0, 10, 8, 9],
    ]);
    expect(masksAt(rates, 0.9).kept).toEqual([[[0, 2]], [[1, 3]]]);
    expect(masksAt(rates, 0.8).kept).toEqual([[[0, 1, 2]], [[1, 2, 3]]]);
    expect(masksAt(rates, 0.9).floorHits).toEqual([]);
  });

  it('take a share of exactly tau as reached, whatever the number of samples', () => {
    for (const samples of [10, 20, 30, 70, 110, 1000, 5000]) {
      for (const tenths of [1, 3, 7, 9]) {
        const count = (samples * tenths) / 10;
        expect(masksAt(oneLayer(samples, [[count, count - 1, samples]]), tenths / 10).kept).toEqual([
          [[0, 2]],
        ]);
      }
    }
  });

  it('give a class below the floor as many of its most frequent units as any class keeps, the lowest of equals', () => {
    const rates = oneLayer(10, [
      [10, 9, 10, 0, 0],
      [5, 7, 5, 5, 8],
    ]);
    const masks = masksAt(rates, 0.9);
    expect(masks.kept).toEqual([[[0, 1, 2]], [[0, 1, 4]]]);
    expect(masks.floorHits).toEqual([{ class: 1, layer: 'relu', reached: 0, taken: 3 }]);
  });

  it('keep one unit of a small layer when no class reaches tau', () => {
    expect(masksAt(oneLayer(10, [[1, 3, 3]]), 0.9).kept).toEqual([[[1]]]);
  });

  it('take half a percent of a layer, rounded down, as the floor', () => {
    const units = Array.from({ length: 600 }, (_, unit) => (unit < 2 ? 10 : unit === 300 ? 5 : 0));
    // 600 units: a floor of 3, and two reach tau.
    const below = masksAt(oneLayer(10, [units]), 0.9);
    expect(below.kept).toEqual([[[0, 1, 300]]]);
    expect(below.floorHits).toEqual([{ class: 0, layer: 'relu', reached: 2, taken: 3 }]);
    // 599 units: a floor of 2, which two reach.
    expect(masksAt(oneLayer(10, [units.slice(0, 599)]), 0.9).kept).toEqual([[[0, 1]]]);
  });

  it('never keep less at a lower threshold, and always something, but for classes at the floor', () => {
    fc.assert(
      fc.property(
        ratesArbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rates, a, b) => {
          const [low, high] = [masksAt(rates, Math.min(a, b)), masksAt(rates, Math.max(a, b))];
          const atFloor = new Set(high.floorHits.map((hit) => hit.class));
          high.kept.forEach(([units = []], label) => {
            expect(units.length).toBeGreaterThan(0);
            expect(units).toEqual([...new Set(units)].sort((x, y) => x - y));
            if (!atFloor.has(label)) expect(low.kept[label]?.[0]).toEqual(expect.arrayContaining([...units]));
          });
        },
      ),
    );
  });

  it('keep every unit at tau 0', () => {
    expect(masksAt(oneLayer(4, [[0, 0, 4]]), 0).kept).toEqual([[[0, 1, 2]]]);
  });

  it('name a class that has no samples', () => {
    const rates = { samples: Uint32Array.of(3, 0), layers: [] };
    expect(() => masksAt(rates, 0.9)).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message:
          'Class 1 has no sample among those that activation rates were measured on; measure them on data with every class.',
      }),
    );
  });

  it.each([-0.1, 1.5, NaN])('refuse a threshold of %d', (tau) => {
    expect(() => masksAt(oneLayer(1, [[1]]), tau)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `The threshold tau is ${tau}; give a share from 0 to 1, e.g. 0.9.`,
      }),
    );
  });
});
