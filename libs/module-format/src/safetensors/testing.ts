import fc from 'fast-check';
import type { Dtype, SafeTensor } from './dtype.js';

/** The bytes of a file with this header and this data, whatever they are. */
export function rawFile(header: string | Uint8Array, data: Uint8Array = new Uint8Array()): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + json.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(data, 8 + json.length);
  return file;
}

/** Shapes of up to three axes of 0 to 3. */
const shapes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });

function tensorOf<D extends Dtype>(dtype: D, fill: (count: number) => fc.Arbitrary<SafeTensor['data']>) {
  return shapes.chain((shape) =>
    fill(shape.reduce((product, size) => product * size, 1)).map(
      (data) => ({ dtype, shape, data }) as SafeTensor,
    ),
  );
}

const exactly = (count: number) => ({ minLength: count, maxLength: count });

const arbitraryTensor: fc.Arbitrary<SafeTensor> = fc.oneof(
  tensorOf('BOOL', (count) => fc.uint8Array({ ...exactly(count), max: 1 })),
  tensorOf('U8', (count) => fc.uint8Array(exactly(count))),
  tensorOf('I8', (count) => fc.int8Array(exactly(count))),
  tensorOf('U16', (count) => fc.uint16Array(exactly(count))),
  tensorOf('I16', (count) => fc.int16Array(exactly(count))),
  tensorOf('F16', (count) => fc.uint16Array(exactly(count))),
  tensorOf('BF16', (count) => fc.uint16Array(exactly(count))),
  tensorOf('U32', (count) => fc.uint32Array(exactly(count))),
  tensorOf('I32', (count) => fc.int32Array(exactly(count))),
  tensorOf('F32', (count) => fc.float32Array(exactly(count))),
  tensorOf('U64', (count) => fc.bigUint64Array(exactly(count))),
  tensorOf('I64', (count) => fc.bigInt64Array(exactly(count))),
  tensorOf('F64', (count) => fc.float64Array(exactly(count))),
);

const names = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((name) => name !== '__proto__' && name !== '__metadata__');

/** Up to six tensors by name, of every type. */
export const arbitraryTensors: fc.Arbitrary<[string, SafeTensor][]> = fc.uniqueArray(
  fc.tuple(names, arbitraryTensor),
  { maxLength: 6, selector: ([name]) => name },
);

export const arbitraryMetadata: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  names,
  fc.string({ unit: 'binary', maxLength: 12 }),
  { maxKeys: 4 },
);
