import type { Tensor, Tensor1D, Tensor2D, Tensor3D, TensorFunctions } from '../backend.js';

/**
 * Sum over every axis but the last -> `[channel]`. Summed image by image first, so that float32 keeps its digits over the
 * hundred thousand positions of a batch; as matrix products, because sums over leading axes would transpose first.
 */
export function columnSums(tf: TensorFunctions, x: Tensor): Tensor1D {
  return tf.tidy(() => {
    const channels = x.shape.at(-1)!;
    const rows = x.size / channels;
    const groups = x.rank > 2 ? x.shape[0]! : 1;
    const perGroup = rows / groups;
    const partial = tf.matMul(
      tf.ones([groups, 1, perGroup]),
      tf.reshape(x, [groups, perGroup, channels]) as Tensor3D,
    );
    if (groups === 1) return tf.reshape(partial, [channels]) as Tensor1D;
    const total = tf.matMul(
      tf.ones([1, groups]) as Tensor2D,
      tf.reshape(partial, [groups, channels]) as Tensor2D,
    );
    return tf.reshape(total, [channels]) as Tensor1D;
  });
}
