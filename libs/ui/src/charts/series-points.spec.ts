import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinePoint } from './line-chart.js';
import { nearestPlace, smooth, thin } from './series-points.js';

const anySeries = fc
  .array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { maxLength: 600 })
  .map((values) => values.map((y, x): LinePoint => ({ x, y })));

describe('smoothing', () => {
  it('without weight changes nothing', () => {
    fc.assert(
      fc.property(anySeries, (points) => {
        expect(smooth(points, 0)).toEqual(points);
      }),
    );
  });

  it('begins at the first measurement, leaves gaps as gaps, and stays within what was measured', () => {
    fc.assert(
      fc.property(anySeries, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (points, weight) => {
        const smoothed = smooth(points, weight);
        const known = points.flatMap(({ y }) => y ?? []);
        expect(smoothed.map(({ y }) => y === null)).toEqual(points.map(({ y }) => y === null));
        const drawn = smoothed.flatMap(({ y }) => y ?? []);
        if (drawn.length > 0) expect(drawn[0]).toBeCloseTo(known[0] ?? Number.NaN, 6);
        for (const y of drawn) {
          expect(y).toBeGreaterThanOrEqual(Math.min(...known) - 1e-6);
          expect(y).toBeLessThanOrEqual(Math.max(...known) + 1e-6);
        }
      }),
    );
  });

  it('weighs the past as it is told', () => {
    const points = [1, 0].map((y, x) => ({ x, y }));
    expect(smooth(points, 0.5)[1]?.y).toBeCloseTo(1 / 3, 12);
  });
});

describe('thinning', () => {
  it('keeps the ends, the lowest and the highest, in order, and no more than five for each stretch', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 50 }), (points, most) => {
        const kept = thin(points, most);
        const known = (list: readonly LinePoint[]) => list.flatMap(({ y }) => y ?? []);
        expect(kept.at(0)).toEqual(points.at(0));
        expect(kept.at(-1)).toEqual(points.at(-1));
        expect(Math.max(...known(kept))).toBe(Math.max(...known(points)));
        expect(Math.min(...known(kept))).toBe(Math.min(...known(points)));
        expect(kept.map(({ x }) => x)).toEqual([...kept.map(({ x }) => x)].sort((a, b) => a - b));
        expect(kept.length).toBeLessThanOrEqual(Math.max(4 * most, 5 * most));
      }),
    );
  });
});

describe('the nearest point', () => {
  it('is as near as any', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.integer(), (places, x) => {
        const points = places.sort((a, b) => a - b).map((place) => ({ x: place, y: 0 }));
        const found = points[nearestPlace(points, x)]?.x ?? Number.NaN;
        expect(Math.abs(found - x)).toBe(Math.min(...places.map((place) => Math.abs(place - x))));
      }),
    );
  });

  it('is nowhere in an empty series', () => {
    expect(nearestPlace([], 3)).toBe(-1);
  });
});
