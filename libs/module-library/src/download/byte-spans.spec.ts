import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesIn, gapsIn, joinSpans, prefixOf, type Spans, splitSpans } from './byte-spans.js';

const sizeBytes = 60;
const anySpans = fc.array(
  fc.record({ start: fc.nat(sizeBytes), length: fc.nat(20) }).map(({ start, length }) => ({
    start,
    end: Math.min(sizeBytes, start + length),
  })),
);

/** The bytes that spans cover, one flag each. */
function covered(spans: Spans): boolean[] {
  return Array.from({ length: sizeBytes }, (_, i) => spans.some(({ start, end }) => start <= i && i < end));
}

describe('spans of bytes', () => {
  it('cover the same bytes joined, in order and apart', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const joined = joinSpans(spans);
        expect(covered(joined)).toEqual(covered(spans));
        expect(bytesIn(joined)).toBe(covered(spans).filter(Boolean).length);
        for (const [i, { start }] of joined.entries())
          expect(start).toBeGreaterThan(joined[i - 1]?.end ?? -1);
      }),
    );
  });

  it('and their gaps are the whole, and share nothing', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const joined = joinSpans(spans);
        expect(covered(gapsIn(joined, sizeBytes))).toEqual(covered(joined).map((there) => !there));
      }),
    );
  });

  it('stay the same bytes when they are split', () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 1, max: 9 }), (spans, maxBytes) => {
        const pieces = splitSpans(joinSpans(spans), maxBytes);
        expect(joinSpans(pieces)).toEqual(joinSpans(spans));
        expect(pieces.every(({ start, end }) => start < end && end - start <= maxBytes)).toBe(true);
      }),
    );
  });

  it('have a prefix up to their first gap', () => {
    expect(prefixOf(joinSpans([{ start: 5, end: 9 }]))).toBe(0);
    expect(
      prefixOf(
        joinSpans([
          { start: 5, end: 9 },
          { start: 0, end: 5 },
          { start: 12, end: 13 },
        ]),
      ),
    ).toBe(9);
  });
});
