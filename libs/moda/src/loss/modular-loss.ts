import { ModaError } from '@moda/contracts';
import type { ActivationLoss, ActivationLossResult } from '@moda/nn';
import type { Tensor, TensorBackend, TensorFunctions } from '@moda/tensor-backend';

import { classMembership, classPairs } from './class-pairs.js';
import { NORM_EPSILON } from './similarity-sums.js';

const SQUARED_EPSILON = NORM_EPSILON ** 2;

/** Weights of the three terms beside the cross-entropy. */
export interface ModularLossWeights {
  /** Weight of the affinity term. */
  readonly alpha: number;
  /** Weight of the dispersion term. */
  readonly beta: number;
  /** Weight of the compactness term. */
  readonly gamma: number;
}

/** The weights of arXiv 2411.01074. */
export const PAPER_WEIGHTS: ModularLossWeights = { alpha: 1, beta: 1, gamma: 0.3 };

/**
 * alpha L_aff + beta L_disp + gamma L_comp over all tracked layers, with its gradient in closed form; the terms are those of
 * `affinityLoss`, `dispersionLoss` and `compactnessLoss`, each averaged over the layers.
 *
 * Per layer, with the lengths ||a_i||, the class sums S_c and their total T of the normalised rows â_i (see `similaritySums`),
 * n_same and n_diff pairs, and L layers, the pull on a normalised row is
 *   g_i = s S_{y_i} + t T,   s = -(alpha / n_same + beta / n_diff) / L,   t = beta / n_diff / L,
 * up to a multiple of â_i, which normalisation takes out again:
 *   dLoss/da_i = (g_i - <â_i, g_i> â_i) / ||a_i|| + gamma / (L batch units).
 * A row of length 1e-12 or less takes no gradient from affinity and dispersion (the ReLU before an all-zero row would drop it).
 *
 * Where batches have no same-class (or different-class) pair, the term is 0 and pulls at nothing.
 *
 * Class sums are matrix products with the batch's membership matrix: they are the same bits on every run, which scattered
 * additions on a GPU are not. What is small is done for all layers at once; nothing is read back.
 */
export function modularLoss(weights: ModularLossWeights): ActivationLoss {
  const { alpha, beta, gamma } = weights;
  return {
    termNames: ['affinity', 'dispersion', 'compactness'],
    weights: [alpha, beta, gamma],
    evaluate: (backend, activations, labels) => evaluate(backend, activations, labels, weights),
  };
}

function evaluate(
  backend: TensorBackend,
  activations: readonly Tensor[],
  labels: Int32Array,
  { alpha, beta, gamma }: ModularLossWeights,
): ActivationLossResult {
  const { tf } = backend;
  const layers = activations.length;
  const batch = labels.length;
  if (layers === 0) {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      'The network has no tracked ReLU, which modular training needs; mark at least one ReLU as tracked.',
    );
  }
  const pairs = classPairs(labels);
  const columns = pairs.classes.length + 1;
  const perSame = pairs.same > 0 ? 1 / pairs.same : 0;
  const perDifferent = pairs.different > 0 ? 1 / pairs.different : 0;
  // One weight for the column of each class, another for the column of the total.
  const pulls = [
    ...pairs.classes.map(() => -(alpha * perSame + beta * perDifferent) / layers),
    (beta * perDifferent) / layers,
  ];
  const affinityShares = [...pairs.classes.map(() => -perSame / 2), 0];
  const dispersionShares = [...pairs.classes.map(() => -perDifferent / 2), perDifferent / 2];

  return tf.tidy(() => {
    // Layers are stacked along the first axis: row l * batch + i is sample i of layer l.
    const squares = stack(
      tf,
      activations.map((a) => tf.sum(tf.square(a), 1, true)),
    );
    const inverseNorms = tf.rsqrt(tf.maximum(squares, SQUARED_EPSILON));
    const membership = tf.tile(tf.tensor2d(classMembership(pairs), [batch, columns]), [layers, 1]);
    const normalisers = tf.mul(membership, inverseNorms);
    const normaliserOf = tf.split(normalisers, layers, 0);
    const classSums = activations.map((a, l) => backend.matMul(normaliserOf[l]!, a, true, false));

    // <â_i, S_c> where i is of class c, and <â_i, T> in the last column: summed over i, ||S_c||^2 and ||T||^2.
    const products = stack(
      tf,
      activations.map((a, l) => backend.matMul(a, classSums[l]!, false, true)),
    );
    const similarities = tf.mul(products, normalisers);

    const pullRow = tf.tensor2d(pulls, [1, columns]);
    const moving = tf.mul(inverseNorms, tf.cast(tf.greater(squares, SQUARED_EPSILON), 'float32'));
    const pullOf = tf.split(tf.mul(tf.mul(membership, pullRow), moving), layers, 0);
    const pullAlongRow = backend.matMul(similarities, pullRow, false, true);
    const shrinkOf = tf.split(tf.mul(tf.mul(pullAlongRow, inverseNorms), moving), layers, 0);
    const gradients = activations.map((a, l) => {
      const angular = tf.sub(backend.matMul(pullOf[l]!, classSums[l]!), tf.mul(a, shrinkOf[l]!));
      return gamma === 0 ? angular : tf.add(angular, gamma / (layers * a.size));
    });

    const shares = tf.tensor2d([affinityShares, dispersionShares]);
    const pairShares = backend.matMul(similarities, shares, false, true);
    const selfShares = tf.mul(tf.mul(squares, tf.square(inverseNorms)), tf.tensor2d([[perSame / 2, 0]]));
    const sums = tf.sum(tf.reshape(tf.add(pairShares, selfShares), [layers, batch, 2]), 1);
    const pairTerms = tf.add(sums, tf.tensor2d([[pairs.same > 0 ? 1 : 0, 0]]));
    const means = tf.stack(activations.map((a) => tf.mean(a)));
    return { terms: tf.transpose(tf.concat([pairTerms, tf.reshape(means, [layers, 1])], 1)), gradients };
  });
}

function stack(tf: TensorFunctions, perLayer: readonly Tensor[]): Tensor {
  return tf.concat([...perLayer], 0);
}
