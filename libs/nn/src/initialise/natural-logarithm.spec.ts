import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalLogarithm } from './natural-logarithm.js';

describe('naturalLogarithm', () => {
  it('is exact where the logarithm is', () => {
    expect(naturalLogarithm(1)).toBe(0);
    expect(naturalLogarithm(2)).toBe(Math.LN2);
    expect(naturalLogarithm(0.25)).toBe(-2 * Math.LN2);
  });

  it('agrees with Math.log to 1e-15 of it, or of one, over all normal numbers', () => {
    const positive = fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true });
    const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.oneof(positive, nearOne), (x) => {
        const reference = Math.log(x);
        expect(Math.abs(naturalLogarithm(x) - reference)).toBeLessThanOrEqual(
          1e-15 * Math.max(1, Math.abs(reference)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
