import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SafeTensor } from './dtype.js';
import { readSafetensorsHeader } from './header.js';
import { readSafetensors } from './read.js';
import { arbitraryMetadata, arbitraryTensors, rawFile } from './testing.js';
import { writeSafetensors } from './write.js';

describe('what is written', () => {
  it('is read back bit for bit', () => {
    fc.assert(
      fc.property(arbitraryTensors, arbitraryMetadata, (tensors, metadata) => {
        const file = readSafetensors(writeSafetensors(tensors, metadata));
        expect([...file.tensors].sort(byName)).toEqual([...tensors].sort(byName));
        expect({ ...file.metadata }).toEqual({ ...metadata });
      }),
    );
  });

  it('does not depend on the order in which the content is given', () => {
    fc.assert(
      fc.property(arbitraryTensors, arbitraryMetadata, (tensors, metadata) => {
        const reversed = Object.fromEntries(Object.entries(metadata).reverse());
        expect(writeSafetensors([...tensors].reverse(), reversed)).toEqual(
          writeSafetensors(tensors, metadata),
        );
      }),
    );
  });

  it('aligns every tensor to its element, so that reading copies nothing', () => {
    fc.assert(
      fc.property(arbitraryTensors, (tensors) => {
        const bytes = writeSafetensors(tensors);
        for (const { data } of readSafetensors(bytes).tensors.values())
          expect(data.buffer).toBe(bytes.buffer);
      }),
    );
  });

  it('is read from any offset of a larger buffer, a Node buffer included', () => {
    const tensor: SafeTensor = { dtype: 'F64', shape: [2], data: Float64Array.of(1.5, -2) };
    const bytes = writeSafetensors([['x', tensor]]);
    for (const offset of [1, 4, 8]) {
      const larger = Buffer.alloc(bytes.length + 16);
      larger.set(bytes, offset);
      const view = larger.subarray(offset, offset + bytes.length);
      expect(readSafetensors(view).tensors.get('x')).toEqual(tensor);
    }
  });

  it('tells its layout from the header alone', () => {
    const bytes = writeSafetensors([
      ['b', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
      ['a', { dtype: 'F32', shape: [], data: Float32Array.of(1) }],
    ]);
    const { tensors, dataStart, dataBytes } = readSafetensorsHeader(bytes.subarray(0, bytes.length - 7));
    expect([...tensors]).toEqual([
      ['a', { dtype: 'F32', shape: [], begin: 0, end: 4 }],
      ['b', { dtype: 'U8', shape: [3], begin: 4, end: 7 }],
    ]);
    expect([dataStart % 8, dataStart + dataBytes]).toEqual([0, bytes.length]);
  });
});

describe('a damaged file', () => {
  const valid = writeSafetensors(
    [
      ['weight', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
      ['mask', { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) }],
      ['steps', { dtype: 'I64', shape: [], data: BigInt64Array.of(7n) }],
    ],
    { format: 'test' },
  );

  /** Well-formed means: what was read can be written, and is then read the same. */
  const isReadOrRefused = (bytes: Uint8Array) => {
    try {
      const { tensors, metadata } = readSafetensors(bytes);
      const again = readSafetensors(writeSafetensors(tensors, metadata));
      expect(new Map([...again.tensors].sort(byName))).toEqual(new Map([...tensors].sort(byName)));
    } catch (error) {
      if (!isModaError(error)) throw error;
      expect(error.code).toBe('SAFETENSORS_INVALID');
    }
  };

  it('is read as something well-formed or refused, wherever bytes change', () => {
    const changes = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, (changed) => {
        const bytes = valid.slice();
        for (const [position, byte] of changed) bytes[position] = byte;
        isReadOrRefused(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused at every length but its own', () => {
    for (let length = 0; length < valid.length; length += 1) {
      expect(() => readSafetensors(valid.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'SAFETENSORS_INVALID' }),
      );
    }
  });

  it('is refused or read whatever JSON its header is', () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('F32', 'U8', [0, 4], [4], [0, 0]));
    const entry = fc.record({ dtype: field, shape: field, data_offsets: field }, { requiredKeys: [] });
    const header = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.oneof(entry, fc.jsonValue())));
    fc.assert(
      fc.property(header, (value) => {
        isReadOrRefused(rawFile(JSON.stringify(value), new Uint8Array(4)));
      }),
      { numRuns: 1000 },
    );
  });
});

function byName([a]: readonly [string, SafeTensor], [b]: readonly [string, SafeTensor]): number {
  return a < b ? -1 : 1;
}
