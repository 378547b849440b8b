import type { Tensor, TensorBackend } from '@moda/tensor-backend';

import { classPairs } from './class-pairs.js';
import { similaritySums } from './similarity-sums.js';

/**
 * Samples of different classes should activate different units: the mean over pairs i < j with y_i != y_j of the cosine
 * similarity <â_i, â_j>. (arXiv 2411.01074, inter-class dispersion.)
 *
 * Range 0..1 for non-negative activations. 0 for a batch without a pair of different classes.
 *
 * @param activations `[batch, unit]`, non-negative; borrowed
 * @param labels class of each sample
 * @returns a scalar that the caller disposes
 */
export function dispersionLoss(
  backend: TensorBackend,
  activations: Tensor,
  labels: ArrayLike<number>,
): Tensor {
  const { tf } = backend;
  const pairs = classPairs(labels);
  if (pairs.different === 0) return tf.scalar(0);
  return tf.tidy(() => tf.div(similaritySums(backend, activations, pairs).different, pairs.different));
}
