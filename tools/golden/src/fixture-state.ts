import { countSketch, norm, relativeDifference } from './count-sketch.js';
import { formulaImages, formulaTensor } from './formula-tensor.js';
import type { Batch, Fixture, TensorDigest } from './fixture.js';

/** Every tensor of the fixture's network before training, in the PyTorch layout and order. */
export function stateOf(
  fixture: Fixture,
): Map<string, { readonly shape: readonly number[]; readonly values: Float32Array }> {
  return new Map(
    fixture.tensors.map((tensor) => [
      tensor.name,
      { shape: tensor.shape, values: formulaTensor(tensor.name, tensor.shape, tensor) },
    ]),
  );
}

/** The images [batch, 3, height, width] of one of the fixture's batches. */
export function imagesOf(fixture: Fixture, batch: Batch): Float32Array {
  return formulaImages(batch.images, batch.labels, fixture, fixture.imageRecipe);
}

/**
 * How far a measured tensor is from the fixture's, norm-wise: ||measured - expected|| / ||expected||, from the whole tensors or
 * from their sketches. For a tensor that vanishes in exact arithmetic: its norm over `scale`.
 *
 * @param scale norm of the whole gradient, for tensors that vanish
 */
export function differenceFrom(expected: TensorDigest, measured: ArrayLike<number>, scale = 1): number {
  const size = expected.shape.reduce((product, axis) => product * axis, 1);
  if (measured.length !== size) {
    throw new RangeError(`${expected.name} has ${measured.length} values; the fixture has ${size}.`);
  }
  if (expected.vanishes) return norm(measured) / scale;
  if (expected.values) return relativeDifference(measured, expected.values);
  return relativeDifference(countSketch(expected.name, measured), expected.sketch ?? []);
}
