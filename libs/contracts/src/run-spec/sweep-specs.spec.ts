import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrainSpec } from './parse-train-spec.js';
import { sweepSpecs } from './sweep-specs.js';

const base = { arch: 'lenet5', epochs: 3 };
const refused = (path: string, message: string) =>
  expect.objectContaining({
    code: 'SPEC_INVALID',
    message,
    details: expect.objectContaining({ path }) as unknown,
  }) as unknown;

describe('a sweep', () => {
  it('is every combination, the last field changing fastest', () => {
    const specs = sweepSpecs(base, { seed: [1, 2], alpha: [0, 0.5], arch: ['vgg16'] });
    expect(specs.map(({ arch, alpha, seed }) => [arch, alpha, seed])).toEqual([
      ['vgg16', 0, 1],
      ['vgg16', 0, 2],
      ['vgg16', 0.5, 1],
      ['vgg16', 0.5, 2],
    ]);
    expect(specs[3]).toEqual(parseTrainSpec({ ...base, arch: 'vgg16', alpha: 0.5, seed: 2 }));
  });

  it('is the base alone where the grid is empty', () => {
    expect(sweepSpecs(base, {})).toEqual([parseTrainSpec(base)]);
  });

  it('may take from the grid what the base lacks', () => {
    expect(sweepSpecs({}, { arch: ['lenet5', 'compact'] }).map(({ arch }) => arch)).toEqual([
      'lenet5',
      'compact',
    ]);
  });

  it('has as many different runs as the product of its lists', () => {
    const seeds = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 5 });
    const weights = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(seeds, weights, weights, (seed, alpha, gamma) => {
        const specs = sweepSpecs(base, { seed, alpha, gamma });
        expect(new Set(specs.map((spec) => JSON.stringify(spec))).size).toBe(
          seed.length * alpha.length * gamma.length,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is not larger than a person can compare', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => i);
    expect(sweepSpecs(base, { seed: many(1000) })).toHaveLength(1000);
    expect(() => sweepSpecs(base, { seed: many(1000), alpha: [1, 2], beta: many(999) })).toThrow(
      refused('', 'A sweep of 1998000 runs is more than the 1000 allowed; give fewer values.'),
    );
    expect(() => sweepSpecs(base, { seed: many(1001) })).toThrow(
      refused('seed', 'seed has to be a list of 1 to 1000 values, not a list.'),
    );
  });

  it.each([
    [{ sed: [1] }, 'sed', 'A sweep has no field "sed"; perhaps seed is meant.'],
    [
      { epochs: [1] },
      'epochs',
      'A sweep has no field "epochs"; it has arch, learningRate, alpha, beta, gamma, seed.',
    ],
    [{ seed: [] }, 'seed', 'seed has to be a list of 1 to 1000 values, not an empty list.'],
    [{ seed: 3 }, 'seed', 'seed has to be a list of 1 to 1000 values, not 3.'],
    [{ seed: [1, -1] }, 'seed.1', 'seed.1 has to be a whole number from 0 to 4294967295, not -1.'],
    [{ learningRate: [0] }, 'learningRate.0', 'learningRate.0 has to be a number above 0, not 0.'],
    [{ seed: [1, 2, 1] }, 'seed', 'seed has a value twice; give each once.'],
  ])('refuses the grid %j', (grid, path, message) => {
    expect(() => sweepSpecs(base, grid)).toThrow(refused(path, message));
  });

  it('refuses a base that is no run', () => {
    expect(() => sweepSpecs({ ...base, epochs: 0 }, { seed: [1] })).toThrow(
      refused('epochs', 'epochs has to be a whole number from 1 to 100000, not 0.'),
    );
    expect(() => sweepSpecs(null, { seed: [1] })).toThrow(
      refused('', 'A run has to be an object with fields such as arch, not null.'),
    );
  });
});
