import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, sha256OfText } from './sha256.js';

describe('a digest', () => {
  it('is the one of the standard (FIPS 180-4)', () => {
    expect(sha256OfText('abc')).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256(new Uint8Array())).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('agrees with Node on any bytes, and views only those it is given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (bytes, offset) => {
        const view = bytes.subarray(Math.min(offset, bytes.length));
        expect(sha256(view)).toBe(`sha256:${createHash('sha256').update(view).digest('hex')}`);
      }),
    );
  });
});
