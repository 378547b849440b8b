import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondBounds } from './json-bounds.js';

/** Values and depth as they are once the text is parsed. */
function measured(value: unknown): { values: number; keys: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 1, keys: 0, depth: 0 };
  const inner = Object.values(value).map(measured);
  return {
    values: inner.reduce((sum, { values }) => sum + values, 1),
    keys: inner.reduce((sum, { keys }) => sum + keys, Array.isArray(value) ? 0 : inner.length),
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
  };
}

describe('the bounds of a JSON text', () => {
  it.each([
    ['[[1]]', { maxDepth: 1, maxValues: 9, maxKeys: 9 }, 'is nested deeper than the 1 levels allowed'],
    ['{"a":[[', { maxDepth: 2, maxValues: 9, maxKeys: 9 }, 'is nested deeper than the 2 levels allowed'],
    ['[1,2,3]', { maxDepth: 9, maxValues: 3, maxKeys: 9 }, 'has more than the 3 values allowed'],
    ['{"a":{"b":":"}}', { maxDepth: 9, maxValues: 9, maxKeys: 1 }, 'has more than the 1 keys allowed'],
    [',,,,', { maxDepth: 9, maxValues: 3, maxKeys: 9 }, 'has more than the 3 values allowed'],
  ])('refuse %s', (text, bounds, fact) => {
    expect(beyondBounds(text, bounds)).toBe(fact);
  });

  it.each(['["[[,,{{", 1]', '["\\"[[[,,,"]', '"[,', '"\\', '', ']]]]'])(
    'let %s pass: brackets in strings do not count, nor must the text be JSON',
    (text) => {
      expect(beyondBounds(text, { maxDepth: 1, maxValues: 3, maxKeys: 1 })).toBeUndefined();
    },
  );

  it('hold whatever the JSON: what passes is no deeper and has no more values or keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), fc.nat(20), fc.nat(9), (value, maxDepth, maxValues, maxKeys) => {
        const { depth, values, keys } = measured(value);
        const passes = beyondBounds(JSON.stringify(value), { maxDepth, maxValues, maxKeys }) === undefined;
        if (passes)
          expect([depth <= maxDepth, values <= maxValues, keys <= maxKeys]).toEqual([true, true, true]);
        // Twice the values may be counted: an empty object as much as one with a field.
        if (depth <= maxDepth && 2 * values <= maxValues && keys <= maxKeys) expect(passes).toBe(true);
      }),
    );
  });
});
