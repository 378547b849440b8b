import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parallelScale, type ParallelValue } from './parallel-scale.js';

const [low, high] = [300, 20];
const scaleOf = (values: readonly ParallelValue[]) => parallelScale(values, [low, high], 5);

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  fc.integer({ min: 1, max: 10 }),
);

describe('an axis of parallel coordinates', () => {
  it('has a place for every value, within the axis, and a higher one for a greater number', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const { place } = scaleOf(values);
        const places = [...values].sort((a, b) => a - b).map((value) => place(value) ?? NaN);
        places.forEach((at, before) => {
          expect(at).toBeLessThanOrEqual(low + 1e-6);
          expect(at).toBeGreaterThanOrEqual(high - 1e-6);
          if (before > 0) expect(at).toBeLessThanOrEqual(places[before - 1]! + 1e-6);
        });
      }),
    );
  });

  it('keeps different texts apart, at equal distances', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2 }), (texts) => {
        const { place, ticks } = scaleOf(texts);
        expect(new Set(texts.map(place)).size).toBe(texts.length);
        expect(ticks.map(({ value }) => place(value))).toEqual(ticks.map(({ at }) => at));
        const gaps = ticks.slice(1).map(({ at }, before) => ticks[before]!.at - at);
        for (const gap of gaps) expect(gap).toBeCloseTo((low - high) / (texts.length - 1), 6);
      }),
    );
  });

  it.each([
    ['numbers', [0.1, 0.9], 'linear'],
    ['positive numbers that span a factor of 100', [0.01, 1], 'linear'],
    ['positive numbers that span more', [0.001, null, 1], 'log'],
    ['numbers that span as much but are not positive', [0, 1000], 'linear'],
    ['texts', ['lenet5', null], 'text'],
    ['texts among numbers', [40, 'all'], 'text'],
    ['nothing', [null, null], 'linear'],
  ] as const)('of %s is %o: %s', (_what, values, kind) => {
    expect(scaleOf(values).kind).toBe(kind);
  });

  it('has no place for what is missing', () => {
    expect([null, NaN, Infinity].map(scaleOf([1, 2, null]).place)).toEqual([undefined, undefined, undefined]);
    expect(scaleOf(['a', null]).place(null)).toBeUndefined();
    expect(scaleOf([null]).ticks).toEqual([]);
  });

  it('counts whole numbers in whole numbers, and has texts in their order from below', () => {
    expect(scaleOf([7, 8]).ticks).toEqual([
      { value: 7, at: low },
      { value: 8, at: high },
    ]);
    expect(scaleOf(['class 10', 'class 9', 'class 10']).ticks.map(({ value }) => value)).toEqual([
      'class 9',
      'class 10',
    ]);
  });

  it('has a single value in its middle', () => {
    expect(scaleOf([61_706, null]).place(61_706)).toBe((low + high) / 2);
    expect(scaleOf(['digits']).place('digits')).toBe((low + high) / 2);
  });
});
