import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberScale } from './number-scale.js';

const range = [40, 640] as const;
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('the scale of an axis', () => {
  it('gives a number its place, and reads it back', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 2 }), (values) => {
        const scale = numberScale({ values, range, ticks: 5 });
        fc.pre(scale.domain[1] - scale.domain[0] > 1e-6);
        for (const value of values) {
          const place = scale.place(value) ?? NaN;
          expect(place).toBeGreaterThanOrEqual(range[0] - 1e-6);
          expect(place).toBeLessThanOrEqual(range[1] + 1e-6);
          expect(scale.read(place)).toBeCloseTo(value, 3);
        }
      }),
    );
  });

  it('has some rising ticks, all within it, whatever the values are', () => {
    const value = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2 }), fc.boolean(), fc.boolean(), (values, log, nice) => {
        const { ticks, domain } = numberScale({ values, range, ticks: 5, log, nice });
        expect(ticks.length).toBeLessThanOrEqual(16);
        const slack = 0.01 * (domain[1] - domain[0]);
        ticks.forEach((tick, place) => {
          expect(tick).toBeGreaterThanOrEqual(domain[0] - slack);
          expect(tick).toBeLessThanOrEqual(domain[1] + slack);
          if (place > 0) expect(tick).toBeGreaterThan(ticks[place - 1]!);
        });
      }),
    );
  });

  it('has round numbers for ticks', () => {
    expect(numberScale({ values: [0, 0.93], range, ticks: 5 }).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(numberScale({ values: [1, 1000], range, ticks: 6 }).ticks).toEqual([200, 400, 600, 800, 1000]);
    expect(numberScale({ values: [-0.3, 0.3], range, ticks: 6 }).ticks).toEqual([
      -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3,
    ]);
  });

  it('ends at round numbers, and takes zero in, where that is wanted', () => {
    expect(numberScale({ values: [0.12, 0.87], range, ticks: 5, nice: true }).domain).toEqual([0.1, 0.9]);
    expect(numberScale({ values: [3, 7], range, ticks: 5, zero: true }).domain).toEqual([0, 7]);
    expect(numberScale({ values: [3, 7], range, ticks: 5, nice: true, domain: [0.5, 9.5] }).domain).toEqual([
      0.5, 9.5,
    ]);
  });

  it('counts powers of ten where it is logarithmic, and has no place for zero', () => {
    const many = numberScale({ values: [0.001, 0, 1000], range, ticks: 6, log: true });
    expect(many.ticks).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
    expect(many.place(1)).toBeCloseTo(340);
    expect(many.place(0)).toBeUndefined();
    expect(numberScale({ values: [1, 20], range, ticks: 4, log: true }).ticks).toEqual([1, 2, 5, 10, 20]);
    expect(numberScale({ values: [2, 4], range, ticks: 4, log: true }).ticks).toEqual([2, 3, 4]);
  });

  it('puts a single number in the middle, and is there without any', () => {
    const one = numberScale({ values: [3, null], range, ticks: 5 });
    expect([one.place(3), one.ticks]).toEqual([340, [3]]);
    expect(numberScale({ values: [null, NaN], range, ticks: 5 }).domain).toEqual([0, 1]);
    expect(numberScale({ values: [-1], range, ticks: 5, log: true }).domain).toEqual([1, 10]);
  });
});
