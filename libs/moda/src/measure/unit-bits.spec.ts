import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countInBoth, unitBits } from './unit-bits.js';

/** Two sets of units of one layer; layers of up to three words and a bit. */
const pairs = fc.integer({ min: 1, max: 100 }).chain((of) => {
  const set = fc.subarray(Array.from({ length: of }, (_, unit) => unit));
  return fc.record({ of: fc.constant(of), a: set, b: set });
});

describe('units as bits', () => {
  it('have in common what the sets have', () => {
    fc.assert(
      fc.property(pairs, ({ of, a, b }) => {
        const expected = a.filter((unit) => b.includes(unit)).length;
        expect(countInBoth(unitBits(of, a), unitBits(of, b))).toBe(expected);
      }),
    );
  });

  it('are all counted where a whole layer is kept, the highest of a word too', () => {
    const all = Array.from({ length: 64 }, (_, unit) => unit);
    expect(countInBoth(unitBits(64, all), unitBits(64, all))).toBe(64);
    expect(countInBoth(unitBits(64, [31, 63]), unitBits(64, all))).toBe(2);
  });
});
