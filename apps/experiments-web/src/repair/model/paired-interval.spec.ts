import type { PairedCounts } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedGain } from './paired-interval';

const count = fc.integer({ min: 0, max: 300 });
const pairs: fc.Arbitrary<PairedCounts> = fc.record({
  bothRight: count,
  onlyBefore: count,
  onlyAfter: count,
  bothWrong: count,
});

describe('the gain of paired answers', () => {
  it('agrees with the published example of Fagerland, Lydersen and Laake (2014)', () => {
    // Airway hyper-responsiveness before and after transplantation: 1, 1, 7, 12 of 21 children; Bonett–Price: -0.508 to -0.013.
    const gain = pairedGain({ bothRight: 1, onlyAfter: 1, onlyBefore: 7, bothWrong: 12 });
    expect(gain.mean).toBeCloseTo(-6 / 21, 12);
    expect(gain.lower).toBeCloseTo(-0.508, 3);
    expect(gain.upper).toBeCloseTo(-0.013, 3);
  });

  it('turns round with the two models', () => {
    fc.assert(
      fc.property(pairs, (counts) => {
        const there = pairedGain(counts);
        const back = pairedGain({
          ...counts,
          onlyBefore: counts.onlyAfter,
          onlyAfter: counts.onlyBefore,
        });
        expect(back.mean).toBeCloseTo(-there.mean, 12);
        expect(back.lower).toBeCloseTo(-there.upper, 12);
        expect(back.upper).toBeCloseTo(-there.lower, 12);
      }),
    );
  });

  it('stays within -1 and 1 and never claims to know exactly', () => {
    fc.assert(
      fc.property(pairs, (counts) => {
        const { lower, upper } = pairedGain(counts);
        expect(lower).toBeGreaterThanOrEqual(-1);
        expect(upper).toBeLessThanOrEqual(1);
        expect(upper).toBeGreaterThan(lower);
      }),
    );
  });

  it('does not depend on which of the agreeing images are right', () => {
    expect(pairedGain({ bothRight: 5, bothWrong: 90, onlyAfter: 8, onlyBefore: 2 })).toEqual(
      pairedGain({ bothRight: 90, bothWrong: 5, onlyAfter: 8, onlyBefore: 2 }),
    );
  });

  it('knows more from ten times as many images of the same kind', () => {
    const few = pairedGain({ bothRight: 40, bothWrong: 40, onlyAfter: 15, onlyBefore: 5 });
    const many = pairedGain({ bothRight: 400, bothWrong: 400, onlyAfter: 150, onlyBefore: 50 });
    expect(many.upper - many.lower).toBeLessThan((few.upper - few.lower) / 2.5);
  });

  it('knows nothing without images', () => {
    expect(pairedGain({ bothRight: 0, bothWrong: 0, onlyAfter: 0, onlyBefore: 0 })).toEqual({
      mean: 0,
      lower: -1,
      upper: 1,
      count: 0,
    });
  });
});
