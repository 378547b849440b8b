import { describe, expect, it } from 'vitest';
import { added, byPrice, type MarginalPrice, marginalSentence } from './price-sentence';

const names = ['plane', 'automobile', 'truck'];
const nameOf = (index: number): string => names[index] ?? String(index);
const price = (given: Partial<MarginalPrice>): MarginalPrice => ({
  class: 2,
  weightsBytes: 41_000,
  parameters: 10_250,
  flops: 600_000,
  sharedWithCart: 0.8,
  nearest: { class: 1, shared: 0.78 },
  ...given,
});
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('marginalSentence', () => {
  it('says what a class adds and whom it shares with', () => {
    expect(plain(marginalSentence(price({}), nameOf))).toBe(
      'adding truck: +41.0 kB, +600 k FLOPs, 78 % shared with automobile',
    );
  });

  it('says that the first class has nobody to share with', () => {
    expect(plain(marginalSentence(price({ nearest: null }), nameOf))).toBe(
      'adding truck: +41.0 kB, +600 k FLOPs, nothing to share with',
    );
  });
});

describe('added', () => {
  it('calls free what the set has already', () => {
    expect(added({ weightsBytes: 0, flops: 0 })).toBe('free');
  });
});

describe('byPrice', () => {
  it('puts the cheapest first and leaves out what is in the set', () => {
    const marginal = [
      price({ class: 0, weightsBytes: 0, flops: 0 }),
      price({ class: 1, weightsBytes: 90 }),
      price({ class: 2, weightsBytes: 40 }),
      price({ class: 3, weightsBytes: 40, flops: 5 }),
    ];
    expect(byPrice(marginal, [0]).map(({ class: index }) => index)).toEqual([3, 2, 1]);
  });

  it('keeps the order of the model among equals', () => {
    const marginal = [price({ class: 4 }), price({ class: 1 }), price({ class: 3 })];
    expect(byPrice(marginal, []).map(({ class: index }) => index)).toEqual([1, 3, 4]);
  });
});
