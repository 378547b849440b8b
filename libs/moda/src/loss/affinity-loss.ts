import type { Tensor, TensorBackend } from '@moda/tensor-backend';

import { classPairs } from './class-pairs.js';
import { similaritySums } from './similarity-sums.js';

/**
 * Samples of one class should activate the same units: 1 - A, where A is the mean over pairs i < j with y_i = y_j of the
 * cosine similarity <â_i, â_j>. (arXiv 2411.01074, intra-class affinity.)
 *
 * Range 0..1 for non-negative activations. 0 for a batch without a same-class pair, which has no such mean.
 *
 * @param activations `[batch, unit]`, non-negative; borrowed
 * @param labels class of each sample
 * @returns a scalar that the caller disposes
 */
export function affinityLoss(backend: TensorBackend, activations: Tensor, labels: ArrayLike<number>): Tensor {
  const { tf } = backend;
  const pairs = classPairs(labels);
  if (pairs.same === 0) return tf.scalar(0);
  return tf.tidy(() => tf.sub(1, tf.div(similaritySums(backend, activations, pairs).same, pairs.same)));
}
