import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, restoreRng, type Rng } from './rng.js';

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

const draws = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.below(1000));

describe('a seeded source of chance', () => {
  it('repeats itself for the same seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(draws(createRng(seed), 20)).toEqual(draws(createRng(seed), 20));
      }),
    );
  });

  it('differs for different seeds, neighbours included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_fffe }), (seed) => {
        expect(draws(createRng(seed), 20)).not.toEqual(draws(createRng(seed + 1), 20));
      }),
    );
  });

  it('continues from a saved state, also through JSON, as if it had never stopped', () => {
    fc.assert(
      fc.property(seeds, fc.nat(50), (seed, before) => {
        const rng = createRng(seed);
        draws(rng, before);
        const saved: unknown = JSON.parse(JSON.stringify(rng.state()));
        const restored = restoreRng(saved);
        expect(draws(restored, 20)).toEqual(draws(rng, 20));
        expect(restored.coin()).toBe(rng.coin());
      }),
    );
  });

  it('draws every value of a range about equally often, whatever the seed', () => {
    const firstDraws = new Uint32Array(8);
    let heads = 0;
    for (let seed = 0; seed < 8000; seed += 1) {
      const rng = createRng(seed);
      const value = rng.below(8);
      firstDraws[value] = (firstDraws[value] ?? 0) + 1;
      if (rng.coin()) heads += 1;
    }
    // 8000 draws: expected 1000 each, deviation 30; and 4000 heads, deviation 45. Five deviations on either side.
    for (const count of firstDraws) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(Math.abs(heads - 4000)).toBeLessThan(225);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 32])('refuses the seed %d', (seed) => {
    expect(() => createRng(seed)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `The seed is ${seed}, but must be an integer from 0 to 4294967295.`,
      }),
    );
  });

  it.each([[null], [[]], [[1, 2, 3]], [[0, 0, 0, 0]], [[1, 2, 3, 0.5]], [[1, 2, 3, 2 ** 31]]])(
    'refuses the saved state %j',
    (state) => {
      expect(() => restoreRng(state)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});
