import { elementsIn, type SafeTensor } from './dtype.js';
import { readSafetensorsHeader } from './header.js';
import { invalid, quoted } from './invalid.js';
import type { SafetensorsLimits } from './limits.js';

export interface SafetensorsFile {
  /** By name, in the order of their data. */
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  /** Free strings about the file; an object without a prototype. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a whole safetensors file. The tensors may share memory with `bytes`: whoever changes one must own the other.
 * Throws `SAFETENSORS_INVALID` for anything malformed, truncated, too long or beyond `limits`; nothing else is thrown.
 */
export function readSafetensors(bytes: Uint8Array, limits: Partial<SafetensorsLimits> = {}): SafetensorsFile {
  const { tensors, metadata, dataStart, dataBytes } = readSafetensorsHeader(bytes, limits);
  const found = bytes.length - dataStart;
  if (found !== dataBytes) {
    throw invalid(
      `The file is ${found < dataBytes ? 'truncated' : 'too long'}: its tensors have ${dataBytes} bytes, ${found} follow the header`,
    );
  }
  const read = new Map<string, SafeTensor>();
  for (const [name, { dtype, shape, begin, end }] of tensors) {
    const data = elementsIn(bytes.subarray(dataStart + begin, dataStart + end), dtype);
    if (dtype === 'BOOL' && (data as Uint8Array).some((byte) => byte > 1)) {
      throw invalid(`Tensor ${quoted(name)} of type BOOL holds a byte other than 0 and 1`);
    }
    // The header has tied the element type to the array; the union cannot be narrowed by a computed constructor.
    read.set(name, { dtype, shape, data } as SafeTensor);
  }
  return { tensors: read, metadata };
}
