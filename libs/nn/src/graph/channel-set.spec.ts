import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelSet } from './architecture.js';
import {
  expandAcrossFlatten,
  fullSet,
  intersect,
  isFull,
  positionsOf,
  sameSet,
  unite,
} from './channel-set.js';

/** Two or three sets of the same original channels; possibly empty, as an intersection may be. */
const setsOfOneLayer = fc.integer({ min: 1, max: 12 }).chain((of) => {
  const set: fc.Arbitrary<ChannelSet> = fc
    .subarray(Array.from({ length: of }, (_, channel) => channel))
    .map((kept) => ({ of, kept }));
  return fc.tuple(set, set, set);
});

describe('a channel set', () => {
  it('is full when it keeps every channel', () => {
    expect(fullSet(3)).toEqual({ of: 3, kept: [0, 1, 2] });
    expect(isFull(fullSet(3))).toBe(true);
    expect(isFull({ of: 3, kept: [0, 2] })).toBe(false);
  });

  it('is the same as another one with the same channels of as many', () => {
    expect(sameSet({ of: 3, kept: [0, 2] }, { of: 3, kept: [0, 2] })).toBe(true);
    expect(sameSet({ of: 3, kept: [0, 2] }, { of: 4, kept: [0, 2] })).toBe(false);
    expect(sameSet({ of: 3, kept: [0, 2] }, { of: 3, kept: [0, 1] })).toBe(false);
    expect(sameSet({ of: 3, kept: [0, 2] }, { of: 3, kept: [0] })).toBe(false);
  });
});

describe('intersect and unite', () => {
  it('give the channels in both sets and in any of them, ascending', () => {
    const a = { of: 6, kept: [0, 3, 4] };
    const b = { of: 6, kept: [3, 5] };
    expect(intersect(a, b)).toEqual({ of: 6, kept: [3] });
    expect(unite([a, b])).toEqual({ of: 6, kept: [0, 3, 4, 5] });
  });

  it('are commutative, idempotent, distributive and absorb each other', () => {
    fc.assert(
      fc.property(setsOfOneLayer, ([a, b, c]) => {
        expect(intersect(a, b)).toEqual(intersect(b, a));
        expect(unite([a, b, c])).toEqual(unite([c, a, b]));
        expect(intersect(a, a)).toEqual(a);
        expect(unite([a, a])).toEqual(a);
        expect(intersect(a, unite([b, c]))).toEqual(unite([intersect(a, b), intersect(a, c)]));
        expect(unite([a, intersect(a, b)])).toEqual(a);
      }),
    );
  });
});

describe('positionsOf', () => {
  it('says where each channel of one set lies in another, -1 where it is absent', () => {
    expect(positionsOf({ of: 6, kept: [0, 3, 5] }, { of: 6, kept: [3, 4, 5] })).toEqual([-1, 0, 2]);
  });

  it('gathers exactly the intersection, each channel at its own place', () => {
    fc.assert(
      fc.property(setsOfOneLayer, ([target, source]) => {
        const positions = positionsOf(target, source);
        expect(positions).toHaveLength(target.kept.length);
        const found = positions.filter((position) => position >= 0).map((position) => source.kept[position]);
        expect(found).toEqual(intersect(target, source).kept);
        positions.forEach((position, i) => {
          if (position >= 0) expect(source.kept[position]).toBe(target.kept[i]);
        });
      }),
    );
  });
});

describe('expandAcrossFlatten', () => {
  it('repeats the channels at every position of a 2x3 map, channels fastest', () => {
    expect(expandAcrossFlatten({ of: 4, kept: [1, 3] }, 2, 3)).toEqual({
      of: 24,
      kept: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23],
    });
  });

  it('commutes with intersection and union, and keeps a full set full', () => {
    const extent = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(setsOfOneLayer, extent, extent, ([a, b], height, width) => {
        const expand = (set: ChannelSet) => expandAcrossFlatten(set, height, width);
        expect(expand(intersect(a, b))).toEqual(intersect(expand(a), expand(b)));
        expect(expand(unite([a, b]))).toEqual(unite([expand(a), expand(b)]));
        expect(expand(fullSet(a.of))).toEqual(fullSet(a.of * height * width));
      }),
    );
  });
});
