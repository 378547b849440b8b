import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequentialOrder, shuffledOrder } from './order.js';
import { createRng } from './rng.js';

describe('the order of samples', () => {
  it('is a permutation of all indices', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(), (count, seed) => {
        expect(shuffledOrder(count, createRng(seed)).sort()).toEqual(sequentialOrder(count));
      }),
    );
  });

  it('is the same for the same seed and another for another seed', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seed) => {
        const order = shuffledOrder(50, createRng(seed));
        expect(shuffledOrder(50, createRng(seed))).toEqual(order);
        expect(shuffledOrder(50, createRng(seed + 1))).not.toEqual(order);
      }),
    );
  });

  it('changes from epoch to epoch with one generator', () => {
    const rng = createRng(42);
    expect(shuffledOrder(50, rng)).not.toEqual(shuffledOrder(50, rng));
  });

  it('puts each of the six orders of three samples about equally often', () => {
    const rng = createRng(7);
    const seen = new Map<string, number>();
    for (let trial = 0; trial < 6000; trial += 1) {
      const order = shuffledOrder(3, rng).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
    // Expected 1000 each with a deviation of 29.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
