import type { Tensor, TensorBackend } from '@moda/tensor-backend';

import { classMembership, type ClassPairs } from './class-pairs.js';

/** Rows shorter than this are divided by it instead of by their length, so that an all-zero row stays zero. */
export const NORM_EPSILON = 1e-12;

/** Sums of the cosine similarities of a batch's pairs, each a scalar. */
export interface SimilaritySums {
  readonly same: Tensor;
  readonly different: Tensor;
}

/**
 * Sums <â_i, â_j> over the pairs i < j of the same class and of different classes, with â_i = a_i / max(||a_i||, 1e-12).
 *
 * With the class sums S_c of the normalised rows, T = sum_c S_c and q = sum_i ||â_i||^2:
 * same = (sum_c ||S_c||^2 - q) / 2, all pairs = (||T||^2 - q) / 2, different = all - same. No `[batch, batch]` matrix appears.
 *
 * @param activations `[batch, unit]`, borrowed; the caller disposes the sums (or calls this within `tidy`)
 */
export function similaritySums(
  backend: TensorBackend,
  activations: Tensor,
  pairs: ClassPairs,
): SimilaritySums {
  const { tf } = backend;
  return tf.tidy(() => {
    const membership = tf.tensor2d(classMembership(pairs), [
      pairs.positions.length,
      pairs.classes.length + 1,
    ]);
    const norms = tf.sqrt(tf.sum(tf.square(activations), 1, true));
    const normalised = tf.div(activations, tf.maximum(norms, NORM_EPSILON));
    const classSums = backend.matMul(membership, normalised, true, false);
    const squares = tf.sum(tf.square(classSums), 1);
    const classSquares = tf.sum(tf.slice(squares, [0], [pairs.classes.length]));
    const totalSquare = tf.sum(tf.slice(squares, [pairs.classes.length], [1]));
    const selfSquares = tf.sum(tf.square(normalised));
    return {
      same: tf.mul(tf.sub(classSquares, selfSquares), 0.5),
      different: tf.mul(tf.sub(totalSquare, classSquares), 0.5),
    };
  });
}
