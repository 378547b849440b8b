import { elementHash, fnv1a32 } from './hash.js';

export const BUCKETS = 256;

/**
 * CountSketch of a tensor, accumulated in float64. It is linear, and E ||sketch(a) - sketch(b)||^2 = ||a - b||^2 with a standard
 * deviation of sqrt(2 / 256), 9 %: two tensors of millions of elements are compared norm-wise by 256 numbers.
 * (Charikar, Chen, Farach-Colton 2002.)
 *
 * @param name the name that seeds buckets and signs: both sides must use the same
 * @param values row-major in the PyTorch layout
 */
export function countSketch(name: string, values: ArrayLike<number>): Float64Array {
  const bucketSeed = fnv1a32(`bucket:${name}`);
  const signSeed = fnv1a32(`sign:${name}`);
  const sketch = new Float64Array(BUCKETS);
  for (let i = 0; i < values.length; i++) {
    const bucket = elementHash(bucketSeed, i) % BUCKETS;
    const value = values[i]!;
    sketch[bucket]! += elementHash(signSeed, i) >>> 31 === 1 ? -value : value;
  }
  return sketch;
}

export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return Math.sqrt(sum);
}

/**
 * ||measured - expected|| / ||expected||, of two sketches or of two whole tensors. 0 where both are zero, Infinity where only the
 * expected one is, NaN where a value is not a number: a comparison `< tolerance` then fails, as it should.
 *
 * @throws RangeError where the lengths differ
 */
export function relativeDifference(measured: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (measured.length !== expected.length) {
    throw new RangeError(`${measured.length} values cannot be compared with ${expected.length}.`);
  }
  let difference = 0;
  for (let i = 0; i < measured.length; i++) difference += (measured[i]! - expected[i]!) ** 2;
  return difference === 0 ? 0 : Math.sqrt(difference) / norm(expected);
}
