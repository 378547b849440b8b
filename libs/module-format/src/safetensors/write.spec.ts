import { describe, expect, it } from 'vitest';
import type { SafeTensor } from './dtype.js';
import { writeSafetensors } from './write.js';

const bytes = (count: number): SafeTensor => ({ dtype: 'U8', shape: [count], data: new Uint8Array(count) });

describe('writing', () => {
  it('gives the documented bytes: length, padded JSON, wider elements first, then by name', () => {
    const file = writeSafetensors(
      [
        ['10', { dtype: 'U8', shape: [2], data: Uint8Array.of(7, 8) }],
        ['9', { dtype: 'U8', shape: [1], data: Uint8Array.of(9) }],
        ['z', { dtype: 'I32', shape: [1, 1], data: Int32Array.of(-2) }],
      ],
      { b: '2', a: '1' },
    );
    const header =
      '{"__metadata__":{"a":"1","b":"2"},"z":{"dtype":"I32","shape":[1,1],"data_offsets":[0,4]},' +
      '"10":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},"9":{"dtype":"U8","shape":[1],"data_offsets":[6,7]}}';
    const length = Math.ceil(header.length / 8) * 8;
    expect(new DataView(file.buffer).getBigUint64(0, true)).toBe(BigInt(length));
    expect(new TextDecoder().decode(file.subarray(8, 8 + length))).toBe(header.padEnd(length));
    expect([...file.subarray(8 + length)]).toEqual([254, 255, 255, 255, 7, 8, 9]);
  });

  it.each<[string, [string, SafeTensor][], Record<string, string>, string]>([
    [
      'a name twice',
      [
        ['a', bytes(1)],
        ['a', bytes(1)],
      ],
      {},
      'Two tensors have the name "a".',
    ],
    [
      'the reserved name',
      [['__metadata__', bytes(1)]],
      {},
      'A tensor cannot be called __metadata__: the format keeps its metadata there.',
    ],
    ['a trap as a name', [['__proto__', bytes(1)]], {}, 'The tensor name "__proto__" is not allowed.'],
    ['half a character', [['\ud800', bytes(1)]], {}, 'The tensor name "\\ud800" is not valid Unicode.'],
    [
      'half a character in the metadata',
      [],
      { a: '\ud800' },
      'The metadata value of "a" is not valid Unicode.',
    ],
    [
      'a shape of another size',
      [['a', { dtype: 'F32', shape: [3], data: new Float32Array(2) }]],
      {},
      'Tensor "a" of type F32 and shape [3] needs 12 bytes, but has 8.',
    ],
    [
      'an array of another type',
      [['a', { dtype: 'F32', shape: [2], data: new Int32Array(2) } as unknown as SafeTensor]],
      {},
      'The data of tensor "a" is not an array of "F32".',
    ],
    [
      'a broken shape',
      [['a', { dtype: 'U8', shape: [0.5], data: new Uint8Array(0) }]],
      {},
      'The shape of tensor "a" is not a list of integers of 0 or more.',
    ],
    [
      'a boolean of 2',
      [['a', { dtype: 'BOOL', shape: [1], data: Uint8Array.of(2) }]],
      {},
      'Tensor "a" of type BOOL holds a byte other than 0 and 1.',
    ],
  ])('refuses %s', (_, tensors, metadata, message) => {
    expect(() => writeSafetensors(tensors, metadata)).toThrow(
      expect.objectContaining({ code: 'SAFETENSORS_INVALID', message }),
    );
  });
});
