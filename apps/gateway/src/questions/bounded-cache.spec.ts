import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedCache } from './bounded-cache.js';

const most = 80;

describe('a bounded cache', () => {
  it('never holds more than fits, and always what was used last', () => {
    const use = fc.record({
      key: fc.nat(19).map(String),
      size: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(fc.array(use, { minLength: 1, maxLength: 60 }), (uses) => {
        const cache = boundedCache<number>(most);
        const sizes = new Map<string, number>();
        for (const { key, size } of uses) {
          cache.set(key, size, size);
          sizes.set(key, size);
        }
        expect(cache.get(uses.at(-1)!.key)).toBe(uses.at(-1)!.size);
        const held = [...sizes.keys()].map((key) => cache.get(key)).filter((size) => size !== undefined);
        expect(held.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('forgets first what was not used for longest', () => {
    const cache = boundedCache<number>(most);
    for (let index = 0; index < 8; index += 1) cache.set(String(index), index, 10);
    expect(cache.get('0')).toBe(0);
    cache.set('8', 8, 10);
    expect([cache.get('0'), cache.get('1')]).toEqual([0, undefined]);
  });

  it('does not give up everything for one thing', () => {
    const cache = boundedCache<number>(most);
    cache.set('small', 1, 1);
    cache.set('large', 2, 79);
    expect([cache.get('small'), cache.get('large')]).toEqual([1, undefined]);
  });
});
