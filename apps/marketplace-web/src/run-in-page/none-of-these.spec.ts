import { describe, expect, it } from 'vitest';
import { isDoubtful, rejectionFor, rejectionSentence } from './none-of-these';

const facts = { classes: [{ index: 0, name: 'zero' }] };
/** Twenty samples of class 0 with logits 1 to 20, and three of class 1. */
const labels = Int32Array.from({ length: 23 }, (_, sample) => (sample < 20 ? 0 : 1));
const own = Float32Array.of(...Array.from({ length: 20 }, (_, sample) => sample + 1), 1.5, 0, 9);

describe('none of these', () => {
  it('is said of what is below all but one in twenty samples of the classes', () => {
    const rejection = rejectionFor({ labels, count: 23 }, facts, own);
    expect(rejection).toEqual({
      threshold: 2,
      own: { images: 20, accepted: 19 },
      others: { images: 3, accepted: 1 },
    });
    expect(isDoubtful(Float32Array.of(1.9), rejection)).toBe(true);
    expect(isDoubtful(Float32Array.of(2), rejection)).toBe(false);
  });

  it('says how often it is wrong, both ways', () => {
    expect(rejectionSentence(rejectionFor({ labels, count: 23 }, facts, own)!)).toContain(
      '19 of 20 samples of these classes are above, and so are 1 of 3 of other classes',
    );
  });

  it('is not said where samples of the classes are few, or none is of another class', () => {
    expect(rejectionFor({ labels: labels.slice(15), count: 8 }, facts, own.slice(15))).toBeUndefined();
    expect(rejectionFor({ labels: labels.slice(0, 20), count: 20 }, facts, own.slice(0, 20))).toBeUndefined();
    expect(isDoubtful(Float32Array.of(-5), undefined)).toBe(false);
  });
});
