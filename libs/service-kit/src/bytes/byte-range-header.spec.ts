import { assert, property, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange } from './byte-range-header.js';

describe('a Range header', () => {
  it.each([
    ['bytes=0-0', { kind: 'part', start: 0, end: 1 }],
    ['bytes=10-19', { kind: 'part', start: 10, end: 20 }],
    ['bytes=90-', { kind: 'part', start: 90, end: 100 }],
    ['bytes=90-1000', { kind: 'part', start: 90, end: 100 }],
    ['bytes=-7', { kind: 'part', start: 93, end: 100 }],
    ['bytes=-1000', { kind: 'part', start: 0, end: 100 }],
    ['BYTES=0-1', { kind: 'part', start: 0, end: 2 }],
    ['bytes=100-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-4', { kind: 'whole' }],
    ['bytes=0-1,5-6', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
    ['lines=0-1', { kind: 'whole' }],
    ['bytes=99999999999999999999-', { kind: 'whole' }],
    ['', { kind: 'whole' }],
    [undefined, { kind: 'whole' }],
  ])('%s of 100 bytes', (header, expected) => {
    expect(readRange(header, 100)).toEqual(expected);
  });

  it('asks for bytes that there are, or for none', () => {
    assert(
      property(nat(200), nat(200), nat(150), (first, last, sizeBytes) => {
        const range = readRange(`bytes=${first}-${last}`, sizeBytes);
        if (range.kind !== 'part') return;
        expect(range.start).toBe(first);
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBe(Math.min(last + 1, sizeBytes));
      }),
    );
  });
});
