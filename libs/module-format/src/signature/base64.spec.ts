import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.js';

describe('base64', () => {
  it('is that of Node, and is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text, bytes.length)).toEqual(bytes);
        expect(fromBase64(text, bytes.length + 1)).toBeUndefined();
      }),
    );
  });

  it('has one text for its bytes, and no other is taken', () => {
    expect(fromBase64('AQ==', 1)).toEqual(Uint8Array.of(1));
    for (const other of [
      'AR==',
      'AQ=A',
      'AQ',
      'AQ=',
      ' AQ==',
      'A Q=',
      'A===',
      '====',
      '_w==',
      'AQ==\n',
      'ÄQ==',
    ])
      expect(fromBase64(other, 1)).toBeUndefined();
  });
});
