import { describe, expect, it } from 'vitest';
import { answerTo } from './answer';
import type { Offer } from './budget';

const offer = (changes: Partial<Offer> = {}): Offer => ({
  of: 'ada/pets@1.0.0',
  tau: 0.9,
  weightsBytes: 200_000,
  flops: 10_000_000,
  accuracy: 0.9731,
  ...changes,
});
const told = (offers: readonly Offer[], changes: { models?: number; awaited?: number } = {}) => {
  const budget = { maxBytes: 300_000, maxFlops: 20_000_000 };
  const { offers: shown, sentence } = answerTo({ budget, offers, models: 2, awaited: 0, ...changes });
  return { shown: shown.length, sentence: sentence.replaceAll('\u00a0', ' ') };
};

describe('what is told of a budget', () => {
  it('is the best model with its accuracy, and how many fit', () => {
    const other = offer({ of: 'bob/pets@1.0.0', accuracy: 0.9 });
    const tighter = offer({ tau: 1, accuracy: undefined });
    expect(told([other, offer(), tighter])).toEqual({
      shown: 2,
      sentence: '2 of 2 models fit. The best: ada/pets@1.0.0 at τ 0.9, 97.31 %.',
    });
  });

  it('makes no accuracy up', () => {
    expect(told([offer({ accuracy: undefined })])).toEqual({
      shown: 1,
      sentence: '1 of 2 models fits. The best: ada/pets@1.0.0 at τ 0.9, its accuracy was not measured.',
    });
  });

  it('is by how much the nearest is over where nothing fits', () => {
    expect(told([offer({ weightsBytes: 330_000 })])).toEqual({
      shown: 1,
      sentence: 'Nothing fits. The nearest is ada/pets@1.0.0 at τ 0.9: 30.0 kB over.',
    });
    expect(told([offer({ weightsBytes: 310_000, flops: 21_000_000 })]).sentence).toContain(
      '10.0 kB over and 1.00 M FLOPs over.',
    );
  });

  it('is nothing before every model has answered', () => {
    const awaited = told([offer()], { awaited: 1 });
    expect(awaited).toEqual({ shown: 0, sentence: 'Asking 2 models for prices …' });
  });

  it('is that there is none where no model has the classes', () => {
    expect(told([], { models: 0 })).toEqual({
      shown: 0,
      sentence: 'No model that goes with the cart and can be cut has all of these classes.',
    });
  });
});
