import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredOrder } from './clustered-order';

const matrices = fc.integer({ min: 0, max: 8 }).chain((size) =>
  fc
    .array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    })
    .map((rows) => rows.map((row, i) => row.map((value, j) => (i <= j ? value : (rows[j]?.[i] ?? 0))))),
);

describe('the clustered order', () => {
  it('has every item once', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        expect([...clusteredOrder(matrix)].sort((a, b) => a - b)).toEqual(matrix.map((_, index) => index));
      }),
    );
  });

  it('puts what is alike side by side', () => {
    // 0 and 2 are a pair, 1 and 3 are a pair.
    const matrix = [
      [1, 0.1, 0.9, 0.2],
      [0.1, 1, 0.2, 0.8],
      [0.9, 0.2, 1, 0.1],
      [0.2, 0.8, 0.1, 1],
    ];
    expect(clusteredOrder(matrix)).toEqual([0, 2, 1, 3]);
  });

  it('joins by the mean over all pairs, so that one strong link does not pull a group apart', () => {
    // 2 is close to 1 alone; 3 is fairly close to both 0 and 1.
    const matrix = [
      [1, 0.9, 0, 0.6],
      [0.9, 1, 0.7, 0.6],
      [0, 0.7, 1, 0],
      [0.6, 0.6, 0, 1],
    ];
    expect(clusteredOrder(matrix)).toEqual([0, 1, 3, 2]);
  });

  it('keeps the order of items that are all equally alike', () => {
    expect(clusteredOrder([0, 1, 2, 3].map(() => [1, 1, 1, 1]))).toEqual([0, 1, 2, 3]);
  });
});
