import { describe, expect, it } from 'vitest';
import { meanAccuracy } from './expected-accuracy';
import { thresholdsToPrice } from './thresholds';

const stored = [
  { classIndex: 0, accuracy: 0.9 },
  { classIndex: 1, accuracy: 0.7 },
  { classIndex: 2, accuracy: null },
  { classIndex: 3, accuracy: 0 },
];

describe('the accuracy that may be expected of classes', () => {
  it('is the mean of what is stored for each', () => {
    expect(meanAccuracy(stored, [0, 1])).toBeCloseTo(0.8, 12);
    expect(meanAccuracy(stored, [3])).toBe(0);
  });

  it('is unknown as soon as that of one class is', () => {
    expect(meanAccuracy(stored, [0, 2])).toBeUndefined();
    expect(meanAccuracy(stored, [0, 9])).toBeUndefined();
    expect(meanAccuracy([], [])).toBeUndefined();
  });

  it.todo(
    'is that of a network cut for the classes at the threshold, once the registry keeps what a sweep over thresholds measured',
  );
  it.todo('is found for a threshold of its own for each class, once the registry prices such a set');
});

describe('the thresholds that are priced', () => {
  it('are the publisher’s and tighter ones', () => {
    expect(thresholdsToPrice(0.9, undefined)).toEqual([0.9, 0.95, 1]);
    expect(thresholdsToPrice(0.75, 0.85)).toEqual([0.75, 0.8, 0.85, 0.9, 0.95, 1]);
  });

  it('have none below the publisher’s, and each once', () => {
    expect(thresholdsToPrice(0.9, 0.3)).toEqual([0.9, 0.95, 1]);
    expect(thresholdsToPrice(0.9, 0.95)).toEqual([0.9, 0.95, 1]);
    expect(thresholdsToPrice(1, undefined)).toEqual([1]);
  });
});
