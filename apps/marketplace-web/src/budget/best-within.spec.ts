import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestWithin, nearestOver } from './best-within';
import { type Budget, isWithin, type Offer } from './budget';

const offer = (of: string, changes: Partial<Offer> = {}): Offer => ({
  of,
  tau: 0.9,
  weightsBytes: 200_000,
  flops: 10_000_000,
  accuracy: 0.9,
  ...changes,
});
const budget: Budget = { maxBytes: 300_000, maxFlops: 20_000_000 };
const names = (offers: readonly Offer[]) => offers.map(({ of, tau }) => `${of} ${tau}`);

describe('the best within a budget', () => {
  it('is the most accurate that fits', () => {
    const offers = [
      offer('large', { weightsBytes: 300_001, accuracy: 0.99 }),
      offer('slow', { flops: 20_000_001, accuracy: 0.98 }),
      offer('good', { weightsBytes: 300_000, flops: 20_000_000, accuracy: 0.95 }),
      offer('fair', { accuracy: 0.94 }),
    ];
    expect(names(bestWithin(offers, budget))).toEqual(['good 0.9', 'fair 0.9']);
  });

  it('asks for no more than is asked for', () => {
    expect(bestWithin([offer('large', { weightsBytes: 1e9 })], { maxFlops: 20_000_000 })).toHaveLength(1);
    expect(bestWithin([offer('slow', { flops: 1e12 })], { maxBytes: 300_000 })).toHaveLength(1);
  });

  it('shows each version once, at the threshold that was measured rather than at one that was not', () => {
    const offers = [offer('a', { tau: 0.5, accuracy: undefined }), offer('a'), offer('b', { accuracy: 0.8 })];
    expect(names(bestWithin(offers, budget))).toEqual(['a 0.9', 'b 0.9']);
  });

  it('has what was not measured last, the lowest threshold first', () => {
    const offers = [
      offer('a', { tau: 0.95, accuracy: undefined, weightsBytes: 1_000 }),
      offer('a', { tau: 1, accuracy: undefined, weightsBytes: 10 }),
      offer('b', { accuracy: 0 }),
    ];
    expect(names(bestWithin(offers, budget))).toEqual(['b 0.9', 'a 0.95']);
  });

  it('is the smaller one of two that are as accurate', () => {
    const offers = [offer('a'), offer('b', { weightsBytes: 100_000 }), offer('c', { flops: 5 })];
    expect(names(bestWithin(offers, budget))).toEqual(['b 0.9', 'c 0.9', 'a 0.9']);
  });

  it('are a few', () => {
    const offers = Array.from({ length: 20 }, (_, index) => offer(`model ${index}`));
    expect(bestWithin(offers, budget)).toHaveLength(5);
  });
});

describe('the nearest to a budget that nothing fits', () => {
  it('is over by the smallest share of it, and says by how much', () => {
    const near = offer('near', { weightsBytes: 330_000 });
    const offers = [offer('far', { weightsBytes: 900_000 }), near, offer('slow', { flops: 30_000_000 })];
    expect(nearestOver(offers, budget)).toEqual({ offer: near, overBytes: 30_000, overFlops: 0 });
  });

  it('counts the bound that is exceeded more', () => {
    const both = offer('both', { weightsBytes: 310_000, flops: 22_000_000 });
    const offers = [offer('slow', { flops: 40_000_000 }), both];
    expect(nearestOver(offers, budget)).toEqual({ offer: both, overBytes: 10_000, overFlops: 2_000_000 });
  });

  it('is nobody’s business where something fits, and nothing where there is nothing', () => {
    expect(nearestOver([offer('fits')], budget)).toBeUndefined();
    expect(nearestOver([], budget)).toBeUndefined();
  });
});

describe('whatever there is and may be spent', () => {
  const cost = fc.integer({ min: 1, max: 40 });
  const offers = fc.array(
    fc.record({
      of: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      tau: fc.integer({ min: 1, max: 20 }).map((step) => step / 20),
      weightsBytes: cost,
      flops: cost,
      accuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
    }),
    { maxLength: 40 },
  );
  const budgets = fc.record({ maxBytes: cost, maxFlops: cost }, { requiredKeys: [] });

  it('what is offered is within the budget, and nothing within it was measured to be more accurate', () => {
    fc.assert(
      fc.property(offers, budgets, (all, any) => {
        const best = bestWithin(all, any);
        const fitting = all.filter((one) => isWithin(one, any));
        expect(best.every((one) => fitting.includes(one))).toBe(true);
        expect(best.length > 0).toBe(fitting.length > 0);
        const highest = Math.max(-1, ...fitting.map(({ accuracy = -1 }) => accuracy));
        expect(best[0]?.accuracy ?? -1).toBe(highest);
        // What is left out is no better than what is shown, but for other thresholds of the same version.
        const least = best.at(-1)?.accuracy ?? -1;
        const leftOut = fitting.filter(({ of }) => !best.some((shown) => shown.of === of));
        expect(leftOut.every(({ accuracy = -1 }) => accuracy <= least)).toBe(true);
      }),
    );
  });

  it('something fits, or the nearest is told with what it is over by', () => {
    fc.assert(
      fc.property(offers, budgets, (all, any) => {
        const nearest = nearestOver(all, any);
        expect(nearest === undefined).toBe(all.length === 0 || bestWithin(all, any).length > 0);
        if (nearest === undefined) return;
        const { offer: found, overBytes, overFlops } = nearest;
        expect(overBytes + overFlops).toBeGreaterThan(0);
        const fitted = {
          ...found,
          weightsBytes: found.weightsBytes - overBytes,
          flops: found.flops - overFlops,
        };
        expect(isWithin(fitted, any)).toBe(true);
      }),
    );
  });
});
