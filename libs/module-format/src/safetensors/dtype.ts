/** Element types that this module reads and writes, with the array that holds each. F16 and BF16 stay raw 16-bit words. */
export interface ArrayOfDtype {
  BOOL: Uint8Array;
  U8: Uint8Array;
  I8: Int8Array;
  U16: Uint16Array;
  I16: Int16Array;
  F16: Uint16Array;
  BF16: Uint16Array;
  U32: Uint32Array;
  I32: Int32Array;
  F32: Float32Array;
  U64: BigUint64Array;
  I64: BigInt64Array;
  F64: Float64Array;
}

export type Dtype = keyof ArrayOfDtype;

/** A tensor of one element type: row-major, the last axis fastest. */
export interface TensorOfDtype<D extends Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayOfDtype[D];
}

/** A tensor of any element type; `dtype` tells which. */
export type SafeTensor = { [D in Dtype]: TensorOfDtype<D> }[Dtype];

interface ArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): SafeTensor['data'];
}

/** Typed arrays have the byte order of the machine, safetensors is little-endian: so is every machine that Node runs TensorFlow on. */
const arrays: Readonly<Record<Dtype, ArrayConstructor>> = {
  BOOL: Uint8Array,
  U8: Uint8Array,
  I8: Int8Array,
  U16: Uint16Array,
  I16: Int16Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  U32: Uint32Array,
  I32: Int32Array,
  F32: Float32Array,
  U64: BigUint64Array,
  I64: BigInt64Array,
  F64: Float64Array,
};

export const dtypes: readonly string[] = Object.keys(arrays);

export function isDtype(value: unknown): value is Dtype {
  return typeof value === 'string' && Object.hasOwn(arrays, value);
}

export function bytesPerElement(dtype: Dtype): number {
  return arrays[dtype].BYTES_PER_ELEMENT;
}

export function isArrayOf(dtype: Dtype, data: unknown): boolean {
  return data instanceof arrays[dtype];
}

/** The elements in `bytes`: a view where the machine can align one there, else a copy. */
export function elementsIn(bytes: Uint8Array, dtype: Dtype): SafeTensor['data'] {
  const elementBytes = bytesPerElement(dtype);
  // Not `slice`: for Node's Buffer, which is a Uint8Array too, that is another view.
  const aligned = bytes.byteOffset % elementBytes === 0 ? bytes : new Uint8Array(bytes);
  return new arrays[dtype](aligned.buffer, aligned.byteOffset, aligned.byteLength / elementBytes);
}
