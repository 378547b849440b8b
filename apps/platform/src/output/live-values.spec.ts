import { describe, expect, it } from 'vitest';
import { duration, liveValues } from './live-values.js';

describe('a wait', () => {
  it.each([
    [-1, '0 s'],
    [59.4, '59 s'],
    [185, '3 min 05 s'],
    [7_800, '2 h 10 min'],
  ])('of %d seconds is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('live figures', () => {
  it('are words and shares', () =>
    expect(liveValues({ crossEntropy: 0.5, accuracy: 0.5 })).toBe('cross entropy 0.5000  accuracy 50.0 %'));
  it('are absent where there are none', () => expect(liveValues({})).toBe(''));
});
