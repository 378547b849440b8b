import type { Tensor, TensorBackend } from '@moda/tensor-backend';

/**
 * Few units should be active, and those only as much as needed: the mean of |a| over samples and units.
 * (arXiv 2411.01074, compactness.) Range 0 and up; it has the unit of the activations.
 *
 * @param activations `[batch, unit]`; borrowed
 * @returns a scalar that the caller disposes
 */
export function compactnessLoss(backend: TensorBackend, activations: Tensor): Tensor {
  const { tf } = backend;
  return tf.tidy(() => tf.mean(tf.abs(activations)));
}
