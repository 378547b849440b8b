import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedGain } from './paired-interval';
import { points, verdictOf } from './verdict';

const steady = pairedGain({ bothRight: 900, bothWrong: 80, onlyAfter: 10, onlyBefore: 10 });
const gained = pairedGain({ bothRight: 100, bothWrong: 60, onlyAfter: 38, onlyBefore: 2 });
const unsure = pairedGain({ bothRight: 170, bothWrong: 26, onlyAfter: 9, onlyBefore: 9 });
const lost = pairedGain({ bothRight: 100, bothWrong: 60, onlyAfter: 2, onlyBefore: 38 });

describe('the verdict on a repair', () => {
  it('accepts a gain whose interval is above zero', () => {
    const verdict = verdictOf('7', gained, steady);
    expect(verdict.isAccepted).toBe(true);
    expect(verdict.title).toBe('Accepted: class 7 is better.');
    expect(verdict.reasons[1]).toMatch(/^The other classes do not change measurably: 0\.0 points/);
  });

  it('refuses where the interval contains zero, and says why', () => {
    const verdict = verdictOf('7', unsure, steady);
    expect(verdict.isAccepted).toBe(false);
    expect(verdict.title).toBe('Refused: class 7 is not shown to be better.');
    expect(verdict.reasons[0]).toContain('The interval contains zero');
  });

  it('refuses a loss by its name', () => {
    expect(verdictOf('7', lost, steady).title).toBe('Refused: class 7 is worse.');
  });

  it('says that the others lose, also of an accepted repair', () => {
    const verdict = verdictOf('7', gained, lost);
    expect(verdict.isAccepted).toBe(true);
    expect(verdict.reasons[1]).toMatch(/^The other classes lose: −18\.0 points/);
  });

  it('accepts exactly where the interval of the gain is above zero', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, count, (bothRight, bothWrong, onlyAfter, onlyBefore) => {
        const gain = pairedGain({ bothRight, bothWrong, onlyAfter, onlyBefore });
        expect(verdictOf('x', gain, steady).isAccepted).toBe(gain.lower > 0);
      }),
    );
  });
});

it.each([
  [0.085, '+8.5 points'],
  [-0.002, '−0.2 points'],
  [0, '0.0 points'],
  [-0.0001, '0.0 points'],
])('%d is written %s', (difference, text) => {
  expect(points(difference)).toBe(text);
});
