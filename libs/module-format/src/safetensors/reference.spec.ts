import { describe, expect, it } from 'vitest';
import fixture from './fixtures/written-by-reference.json' with { type: 'json' };
import { readSafetensors } from './read.js';
import { toFloat32 } from './to-float32.js';
import { writeSafetensors } from './write.js';

const bytes = Uint8Array.from(atob(fixture.base64), (character) => character.charCodeAt(0));

describe('a file of the reference implementation', () => {
  const { tensors, metadata } = readSafetensors(bytes);

  it('is read as it was meant', () => {
    expect(Object.fromEntries(tensors)).toEqual({
      weight: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(-0.25, -0.125, 0, 0.125, 0.25, 0.375) },
      running: { dtype: 'F64', shape: [2], data: Float64Array.of(1.5, -2.25) },
      steps: { dtype: 'I64', shape: [], data: BigInt64Array.of(9007199254740993n) },
      labels: { dtype: 'I32', shape: [2], data: Int32Array.of(-1, 2147483647) },
      bytes: { dtype: 'U8', shape: [3], data: Uint8Array.of(0, 255, 7) },
      signed: { dtype: 'I8', shape: [2], data: Int8Array.of(-128, 127) },
      counts: { dtype: 'U16', shape: [1, 2], data: Uint16Array.of(65535, 1) },
      shorts: { dtype: 'I16', shape: [1], data: Int16Array.of(-32768) },
      samples: { dtype: 'U32', shape: [1], data: Uint32Array.of(4294967295) },
      mask: { dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) },
      half: { dtype: 'F16', shape: [3], data: Uint16Array.of(0x3800, 0xfbff, 0x0001) },
      brain: { dtype: 'BF16', shape: [3], data: Uint16Array.of(0x3f80, 0xc049, 0x7e96) },
      none: { dtype: 'F32', shape: [0, 4], data: new Float32Array() },
    });
    expect({ ...metadata }).toEqual({ format: 'np', über: 'ß' });
  });

  it('has the numbers that it was written from', () => {
    const numbers = (name: string) => [...toFloat32(tensors.get(name)!)];
    expect(numbers('half')).toEqual([0.5, -65504, 2 ** -24]);
    expect(numbers('brain').slice(0, 2)).toEqual([1, -3.140625]);
    expect(numbers('running')).toEqual([1.5, -2.25]);
    expect(numbers('weight')).toEqual([-0.25, -0.125, 0, 0.125, 0.25, 0.375]);
    expect(() => toFloat32(tensors.get('labels')!)).toThrow(
      'A tensor of type I32 does not hold floating-point numbers.',
    );
  });

  it('is as long, and says the same, when it is written here', () => {
    const again = writeSafetensors(tensors, metadata);
    expect(again).toHaveLength(bytes.length);
    expect(Object.fromEntries(readSafetensors(again).tensors)).toEqual(Object.fromEntries(tensors));
  });
});
