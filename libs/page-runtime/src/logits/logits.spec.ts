import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from './largest-difference.js';
import { probabilities } from './probabilities.js';

describe('probabilities', () => {
  it('sum to one in each row, however large the logits are, and keep their order', () => {
    const logits = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(logits, (values) => {
        const shares = probabilities(Float32Array.from(values), 3);
        for (const row of [shares.subarray(0, 3), shares.subarray(3)])
          expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        const best = values.slice(0, 3).indexOf(Math.max(...values.slice(0, 3)));
        expect(shares[best]).toBe(Math.max(...shares.subarray(0, 3)));
      }),
    );
  });

  it('are one half for equal logits of two classes, and one for a class alone', () => {
    expect([...probabilities(Float32Array.from([7, 7]), 2)]).toEqual([0.5, 0.5]);
    expect([...probabilities(Float32Array.from([-3]), 1)]).toEqual([1]);
  });
});

describe('the largest difference', () => {
  it('is that of the pair that lies furthest apart', () => {
    expect(largestDifference([1, 2, 3], [1, 4, 2])).toBe(2);
    expect(largestDifference([], [])).toBe(0);
  });

  it('does not hide what is no number', () => {
    expect(largestDifference([1, NaN, 3], [1, 2, 9])).toBeNaN();
  });

  it('compares nothing with less', () => {
    expect(() => largestDifference([1], [1, 2])).toThrow('1 numbers are compared with 2.');
  });
});
