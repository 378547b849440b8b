import { type Dtype, bytesPerElement } from './dtype.js';
import { invalid, quoted } from './invalid.js';

/** A size or an offset: an integer of 0 or more that a number holds exactly. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}

/** Checks the shape of tensor `name` and returns it; throws `SAFETENSORS_INVALID`. */
export function checkedShape(name: string, shape: unknown, maxRank: number): number[] {
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    throw invalid(`The shape of tensor ${quoted(name)} is not a list of integers of 0 or more`);
  }
  if (shape.length > maxRank) {
    throw invalid(`Tensor ${quoted(name)} has ${shape.length} axes, more than the ${maxRank} allowed`);
  }
  return shape;
}

/** Bytes of a tensor (1 element where the shape is empty); throws `SAFETENSORS_INVALID` where no file can be that large. */
export function tensorBytes(name: string, shape: readonly number[], dtype: Dtype): number {
  // An empty tensor may have any other sizes beside the 0.
  if (shape.includes(0)) return 0;
  const size = shape.reduce((product, axis) => product * axis, bytesPerElement(dtype));
  if (!Number.isSafeInteger(size)) throw invalid(`Tensor ${quoted(name)} has a shape too large for any file`);
  return size;
}
