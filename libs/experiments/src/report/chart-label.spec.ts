import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartLabel } from './chart-label.js';

describe('chartLabel', () => {
  it('keeps an ordinary name', () => expect(chartLabel('golden retriever')).toBe('golden retriever'));

  it('cuts a long one and says so', () => expect(chartLabel('golden retriever', 8)).toBe('golden …'));

  it('puts a name of several lines on one', () => expect(chartLabel(' a\n b\t')).toBe('a b'));

  it('counts characters, not code units', () => expect(chartLabel('🙂🙂🙂', 3)).toBe('🙂🙂🙂'));

  it('never holds what XML cannot, and is never longer than asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })),
        fc.integer({ min: 1, max: 30 }),
        (units, longest) => {
          const label = chartLabel(String.fromCharCode(...units), longest);
          // Lone surrogates cannot be encoded.
          expect(() => encodeURIComponent(label)).not.toThrow();
          expect(label).not.toMatch(/[\p{Cc}\ufffe\uffff]/u);
          expect(Array.from(label).length).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });
});
