import { type ChannelSet, intersect, positionsOf, unite } from '@moda/nn/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ascending, inBoth, inEither, mergeAscending, placesIn } from './ascending.js';

const twoSets = fc.integer({ min: 1, max: 12 }).chain((of) => {
  const set: fc.Arbitrary<ChannelSet> = fc.subarray([...Array(of).keys()]).map((kept) => ({ of, kept }));
  return fc.tuple(set, set);
});

describe('ascending lists', () => {
  it('intersect and unite as sets do', () => {
    fc.assert(
      fc.property(twoSets, ([a, b]) => {
        expect(inBoth(a, b)).toEqual(intersect(a, b));
        expect(inEither(a, b)).toEqual(unite([a, b]));
        expect(mergeAscending(a.kept, b.kept)).toEqual(unite([a, b]).kept);
      }),
    );
  });

  it('tell where the channels of a set are in a larger one, and nothing where it is no larger', () => {
    fc.assert(
      fc.property(twoSets, ([a, b]) => {
        const smaller = intersect(a, b);
        const places = placesIn(a, smaller);
        if (smaller.kept.length === a.kept.length) expect(places).toBeUndefined();
        else expect([...places!]).toEqual(positionsOf(smaller, a));
      }),
    );
    expect(() => placesIn({ of: 3, kept: [0, 2] }, { of: 3, kept: [1, 2] })).toThrow('no channel 1 among 2');
    expect(() => placesIn({ of: 3, kept: [0] }, { of: 3, kept: [2] })).toThrow(RangeError);
  });

  it('come of any list, which is itself where it is one', () => {
    const list = [1, 4, 9];
    expect(ascending(list)).toBe(list);
    expect(ascending([9, 4, 4, 1])).toEqual([1, 4, 9]);
    expect(ascending([])).toEqual([]);
  });
});
