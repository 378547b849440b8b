import { describe, expect, it } from 'vitest';
import { readSafetensors } from './read.js';
import { rawFile } from './testing.js';
import { defaultSafetensorsLimits } from './limits.js';

const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

const four = new Uint8Array(4);

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a malformed safetensors file', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'no length field',
      Uint8Array.of(1, 2, 3),
      'The file has 3 bytes, less than the 8 of a safetensors length field.',
    ],
    [
      'a header beyond the limit',
      new Uint8Array(16).fill(0xff),
      `The file announces a header of 18446744073709551615 bytes, more than the ${defaultSafetensorsLimits.maxHeaderBytes} allowed.`,
    ],
    [
      'a header beyond the file',
      rawFile('{}').subarray(0, 9),
      'The file ends within its header: 10 bytes are announced, 9 are there.',
    ],
    ['invalid UTF-8', rawFile(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'The header is not valid UTF-8.'],
    [
      'a byte order mark',
      rawFile('\ufeff{}'),
      'The header does not begin with {, so this is no safetensors file.',
    ],
    ['an empty header', rawFile(''), 'The header does not begin with {, so this is no safetensors file.'],
    ['broken JSON', rawFile('{"a":'), 'The header is not valid JSON.'],
    [
      'a tensor twice',
      rawFile(`{"a":${entry('U8', '[4]', '[0,4]')},"\\u0061":${entry('I8', '[4]', '[0,4]')}}`, four),
      'The header has the key "a" twice.',
    ],
    [
      'a field twice',
      rawFile(`{"a":{"dtype":"U8","dtype":"I8","shape":[4],"data_offsets":[0,4]}}`, four),
      'The header has the key "dtype" twice.',
    ],
    ['an entry that is a list', rawFile('{"a":[]}'), 'The entry of tensor "a" is not an object.'],
    [
      'an unknown field',
      rawFile('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}'),
      'The entry of tensor "a" has the unknown field "x".',
    ],
    [
      'an unknown type',
      rawFile(`{"a":${entry('F8_E4M3', '[4]', '[0,4]')}}`, four),
      'Tensor "a" has the element type "F8_E4M3"; one of BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 is needed.',
    ],
    [
      'a type from the prototype',
      rawFile(`{"a":${entry('constructor', '[4]', '[0,4]')}}`, four),
      'Tensor "a" has the element type "constructor"; one of BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 is needed.',
    ],
    [
      'a type nested deeply',
      rawFile(`{"a":{"dtype":${deep(100_000)},"shape":[4],"data_offsets":[0,4]}}`, four),
      'The header is nested deeper than the 8 levels allowed.',
    ],
    [
      'a type that is a list',
      rawFile(`{"a":{"dtype":["F32"],"shape":[4],"data_offsets":[0,4]}}`, four),
      'Tensor "a" has no element type; one of BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 is needed.',
    ],
    [
      'a million values in a few bytes each',
      rawFile(`{"a":{"shape":[${'0,'.repeat(1024 * 1024)}0]}}`),
      'The header has more than the 1048576 values allowed.',
    ],
    [
      'a negative size',
      rawFile(`{"a":${entry('U8', '[-4]', '[0,4]')}}`, four),
      'The shape of tensor "a" is not a list of integers of 0 or more.',
    ],
    [
      'a broken size',
      rawFile(`{"a":${entry('U8', '[1.5]', '[0,4]')}}`, four),
      'The shape of tensor "a" is not a list of integers of 0 or more.',
    ],
    [
      'a size of minus zero',
      rawFile(`{"a":${entry('U8', '[-0]', '[0,0]')}}`),
      'The shape of tensor "a" is not a list of integers of 0 or more.',
    ],
    [
      'an inexact size',
      rawFile(`{"a":${entry('U8', '[9007199254740993]', '[0,4]')}}`, four),
      'The shape of tensor "a" is not a list of integers of 0 or more.',
    ],
    [
      'a product too large',
      rawFile(`{"a":${entry('F32', '[2147483648,2147483648]', '[0,4]')}}`, four),
      'Tensor "a" has a shape too large for any file.',
    ],
    [
      'too many axes',
      rawFile(`{"a":${entry('F32', '[1,1,1,1,1,1,1,1,1]', '[0,4]')}}`, four),
      'Tensor "a" has 9 axes, more than the 8 allowed.',
    ],
    [
      'one offset',
      rawFile(`{"a":${entry('F32', '[1]', '[4]')}}`, four),
      'The data offsets of tensor "a" are not two integers of 0 or more.',
    ],
    [
      'a size that is not its shape',
      rawFile(`{"a":${entry('F32', '[2]', '[0,4]')}}`, four),
      'Tensor "a" of type F32 and shape [2] needs 8 bytes, but its offsets 0 to 4 span 4.',
    ],
    [
      'offsets backwards',
      rawFile(`{"a":${entry('F32', '[1]', '[4,0]')}}`, four),
      'Tensor "a" of type F32 and shape [1] needs 4 bytes, but its offsets 4 to 0 span -4.',
    ],
    [
      'a hole at the start',
      rawFile(`{"a":${entry('U8', '[3]', '[1,4]')}}`, four),
      'Tensor "a" begins at byte 1 and leaves a hole before it, which ends at byte 0.',
    ],
    [
      'an overlap',
      rawFile(`{"a":${entry('U8', '[3]', '[0,3]')},"b":${entry('U8', '[2]', '[2,4]')}}`, four),
      'Tensor "b" begins at byte 2 and overlaps the tensor before it, which ends at byte 3.',
    ],
    [
      'data missing',
      rawFile(`{"a":${entry('U8', '[4]', '[0,4]')}}`, four.subarray(1)),
      'The file is truncated: its tensors have 4 bytes, 3 follow the header.',
    ],
    [
      'data after the end',
      rawFile('{}', four),
      'The file is too long: its tensors have 0 bytes, 4 follow the header.',
    ],
    [
      'a trap as a name',
      rawFile(`{"__proto__":${entry('U8', '[4]', '[0,4]')}}`, four),
      'The tensor name "__proto__" is not allowed.',
    ],
    [
      'half a character as a name',
      rawFile(`{"\\ud800":${entry('U8', '[4]', '[0,4]')}}`, four),
      'The tensor name "\\ud800" is not valid Unicode.',
    ],
    [
      'a boolean of 2',
      rawFile(`{"a":${entry('BOOL', '[4]', '[0,4]')}}`, Uint8Array.of(0, 1, 2, 0)),
      'Tensor "a" of type BOOL holds a byte other than 0 and 1.',
    ],
    ['metadata that is a list', rawFile('{"__metadata__":[]}'), '__metadata__ is not an object.'],
    ['metadata that is null', rawFile('{"__metadata__":null}'), '__metadata__ is not an object.'],
    [
      'metadata that is a number',
      rawFile('{"__metadata__":{"a":1}}'),
      'The metadata value of "a" is not a string.',
    ],
    [
      'metadata with a trap',
      rawFile('{"__metadata__":{"__proto__":"a"}}'),
      'The metadata key "__proto__" is not allowed.',
    ],
    [
      'metadata that is half a character',
      rawFile('{"__metadata__":{"a":"\\udfff"}}'),
      'The metadata value of "a" is not valid Unicode.',
    ],
  ])('with %s is refused in one sentence', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: 'SAFETENSORS_INVALID', message }),
    );
  });

  it('has no more tensors, axes and header than the caller allows', () => {
    const two = rawFile(`{"a":${entry('U8', '[2]', '[0,2]')},"b":${entry('U8', '[2]', '[2,4]')}}`, four);
    expect(readSafetensors(two, { maxTensors: 2 }).tensors.size).toBe(2);
    for (const limits of [{ maxTensors: 1 }, { maxRank: 0 }, { maxHeaderBytes: 20 }]) {
      expect(() => readSafetensors(two, limits)).toThrow(
        expect.objectContaining({ code: 'SAFETENSORS_INVALID' }),
      );
    }
  });

  it('does not flood a message with a long name', () => {
    const file = rawFile(`{"${'x'.repeat(5000)}":1}`);
    expect(() => readSafetensors(file)).toThrow(/^The entry of tensor "x{80}…" is not an object\.$/);
  });
});

describe('an unusual but valid safetensors file', () => {
  it('may be empty', () => {
    expect(readSafetensors(rawFile('{}')).tensors.size).toBe(0);
  });

  it('may have a tensor without elements, whatever its other axes', () => {
    const file = rawFile(`{"a":${entry('F64', '[9007199254740991,9007199254740991,0]', '[0,0]')}}   \n`);
    expect(readSafetensors(file).tensors.get('a')?.data).toHaveLength(0);
  });

  it('may name a tensor like a property of every object', () => {
    const file = rawFile(`{"constructor":${entry('U8', '[4]', '[0,4]')}}`, four);
    expect([...readSafetensors(file).tensors.keys()]).toEqual(['constructor']);
    expect(readSafetensors(file).metadata['constructor']).toBeUndefined();
  });
});
