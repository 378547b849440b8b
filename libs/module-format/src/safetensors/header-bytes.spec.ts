import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensorsHeader } from './header.js';
import { safetensorsHeaderBytes, type TensorDescription } from './header-bytes.js';
import { arbitraryMetadata, arbitraryTensors } from './testing.js';
import { writeSafetensors } from './write.js';

const described = (tensors: Parameters<typeof writeSafetensors>[0]): TensorDescription[] =>
  [...tensors].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));

describe('a header without its data', () => {
  it('is the beginning of the file, and says where each tensor lies in it', () => {
    fc.assert(
      fc.property(arbitraryTensors, arbitraryMetadata, (tensors, metadata) => {
        const file = writeSafetensors(tensors, metadata);
        const { header, order, sizeBytes } = safetensorsHeaderBytes(described(tensors), metadata);
        expect(file.subarray(0, header.length)).toEqual(header);
        expect(sizeBytes).toBe(file.length);
        const read = readSafetensorsHeader(header);
        expect(read.dataStart).toBe(header.length);
        expect(order).toEqual([...read.tensors].map(([name, { begin, end }]) => ({ name, begin, end })));
        for (const { name, begin, end } of order) {
          const { data } = tensors.find(([other]) => other === name)![1];
          const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
          expect(file.subarray(header.length + begin, header.length + end)).toEqual(bytes);
        }
      }),
    );
  });

  it('is made for tensors that no memory holds', () => {
    const shape = [2 ** 20, 2 ** 20];
    const { order, sizeBytes, header } = safetensorsHeaderBytes([{ name: 'huge', dtype: 'F32', shape }]);
    expect(order).toEqual([{ name: 'huge', begin: 0, end: 2 ** 42 }]);
    expect(sizeBytes).toBe(2 ** 42 + header.length);
  });

  it.each<[string, TensorDescription[], string]>([
    [
      'an unknown element type',
      [{ name: 'a', dtype: 'F8' as 'F16', shape: [1] }],
      'Tensor "a" has the element type "F8"; one of BOOL, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 is needed.',
    ],
    [
      'a name twice',
      ['U8', 'F32'].map((dtype) => ({ name: 'a', dtype: dtype as 'U8' | 'F32', shape: [1] })),
      'Two tensors have the name "a".',
    ],
    [
      'tensors beyond any file',
      ['a', 'b'].map((name) => ({ name, dtype: 'U8', shape: [2 ** 52 + 1] })),
      'The tensors are together too large for any file.',
    ],
    [
      'too many tensors',
      Array.from({ length: 65_537 }, (_, index) => ({ name: String(index), dtype: 'U8', shape: [1] })),
      'A file of 65537 tensors has more than the 65536 allowed.',
    ],
    [
      'names beyond the limit',
      [{ name: 'x'.repeat(8 * 1024 * 1024), dtype: 'U8', shape: [1] }],
      'The header would have 8388664 bytes, more than the 8388608 allowed.',
    ],
  ])('is refused for %s', (_, entries, message) => {
    expect(() => safetensorsHeaderBytes(entries)).toThrow(
      expect.objectContaining({ code: 'SAFETENSORS_INVALID', message }),
    );
  });

  it('is refused where the reader would find too many keys in it', () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 5 * 65_536 }, (_, index) => [String(index), '']),
    );
    expect(() => safetensorsHeaderBytes([], metadata)).toThrow(
      expect.objectContaining({
        code: 'SAFETENSORS_INVALID',
        message: 'The header has more than the 327680 keys allowed.',
      }),
    );
  });
});
