import { describe, expect, it } from 'vitest';
import { budgetOf, budgetParsers, wrongWithBound } from './budget-address';

const read = (kb: string, mflops: string) =>
  budgetOf({ kb: budgetParsers.kb.parse(kb), mflops: budgetParsers.mflops.parse(mflops) });

describe('a budget in an address', () => {
  it('has decimal prefixes, as sizes are shown', () => {
    expect(read('300', '20')).toEqual({ maxBytes: 300_000, maxFlops: 20_000_000 });
    expect(read('0.1', '0.0006')).toEqual({ maxBytes: 100, maxFlops: 600 });
  });

  it('may have one bound alone, or none', () => {
    expect(read('300', '')).toEqual({ maxBytes: 300_000, maxFlops: undefined });
    expect(read('', '20')).toEqual({ maxBytes: undefined, maxFlops: 20_000_000 });
    expect(read('', 'many')).toBeUndefined();
  });

  it('says so where a bound is none', () => {
    expect(read('0', '-3')).toBeUndefined();
    expect(wrongWithBound(0)).toBe('A bound is more than 0; leave it empty for none.');
    expect(wrongWithBound(0.5)).toBeUndefined();
    expect(wrongWithBound(null)).toBeUndefined();
  });
});
