import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalsSamePadding, outputLength } from './window.js';

describe('windows along an axis', () => {
  it.each([
    { length: 32, size: 3, stride: 1, padding: 1, positions: 32 },
    { length: 32, size: 3, stride: 2, padding: 1, positions: 16 },
    { length: 33, size: 3, stride: 2, padding: 1, positions: 17 },
    { length: 5, size: 1, stride: 2, padding: 0, positions: 3 },
    { length: 28, size: 5, stride: 1, padding: 0, positions: 24 },
  ])(
    'of $length by $size, stride $stride, padding $padding have $positions positions',
    ({ positions, ...window }) => {
      expect(outputLength(window.length, window.size, window)).toBe(positions);
    },
  );

  it('with stride 2 on even lengths are where SAME pads otherwise', () => {
    expect(equalsSamePadding(32, 3, { stride: 2, padding: 1 })).toBe(false);
    expect(equalsSamePadding(33, 3, { stride: 2, padding: 1 })).toBe(true);
    expect(equalsSamePadding(32, 3, { stride: 1, padding: 1 })).toBe(true);
    expect(equalsSamePadding(32, 5, { stride: 1, padding: 1 })).toBe(false);
  });

  it('that equal SAME begin at the same input position for every output', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (length, size, stride, padding) => {
          const positions = Math.ceil(length / stride);
          const before = Math.floor(Math.max((positions - 1) * stride + size - length, 0) / 2);
          const starts = (count: number, zeros: number) =>
            Array.from({ length: Math.max(count, 0) }, (_, i) => i * stride - zeros);
          const symmetric = starts(outputLength(length, size, { stride, padding }), padding);
          const same = starts(positions, before);
          expect(equalsSamePadding(length, size, { stride, padding })).toBe(
            JSON.stringify(symmetric) === JSON.stringify(same),
          );
        },
      ),
    );
  });
});
