import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfloat16ToFloat32, float16ToFloat32 } from './to-float32.js';

describe('half precision', () => {
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0400, 2 ** -14],
    [0x03ff, 1023 * 2 ** -24],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, Number.NaN],
  ])('reads %i as %d', (word, value) => {
    expect([...float16ToFloat32(Uint16Array.of(word))]).toEqual([value]);
  });

  it('rises with its words from 0 to infinity', () => {
    const values = float16ToFloat32(Uint16Array.from({ length: 0x7c01 }, (_, word) => word));
    expect(values.every((value, word) => word === 0 || value > (values[word - 1] ?? Infinity))).toBe(true);
  });
});

describe('bfloat16', () => {
  it('is the upper half of float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const upper = new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16;
        const back = bfloat16ToFloat32(Uint16Array.of(upper));
        expect(new Uint32Array(back.buffer)[0]).toBe((upper << 16) >>> 0);
      }),
    );
    expect([...bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xc000, 0x7f80))]).toEqual([1, -2, Infinity]);
  });
});
