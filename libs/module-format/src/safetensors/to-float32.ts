import { invalid } from './invalid.js';
import type { SafeTensor } from './dtype.js';

/**
 * The elements of a floating-point tensor as float32: exact for F16 and BF16, rounded to nearest for F64, the tensor's own
 * array for F32. Throws `SAFETENSORS_INVALID` for integers and booleans.
 */
export function toFloat32(tensor: SafeTensor): Float32Array {
  switch (tensor.dtype) {
    case 'F32':
      return tensor.data;
    case 'F64':
      return Float32Array.from(tensor.data);
    case 'F16':
      return float16ToFloat32(tensor.data);
    case 'BF16':
      return bfloat16ToFloat32(tensor.data);
    default:
      throw invalid(`A tensor of type ${tensor.dtype} does not hold floating-point numbers`);
  }
}

/** IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
export function float16ToFloat32(words: Uint16Array): Float32Array {
  return Float32Array.from(words, (word) => {
    const sign = word & 0x8000 ? -1 : 1;
    const exponent = (word >> 10) & 0x1f;
    const fraction = word & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** bfloat16 is the upper half of a float32. */
export function bfloat16ToFloat32(words: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(words, (word) => word << 16).buffer);
}
