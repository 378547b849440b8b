import type { Tensor1D, Tensor2D, TensorBackend, TensorFunctions } from '../backend.js';

type Dense = Pick<TensorBackend, 'matMul' | 'softmaxCrossEntropy' | 'alignChannels'>;

export function portableDense(tf: TensorFunctions): Dense {
  return {
    matMul: (a, b, transposeA = false, transposeB = false) =>
      tf.matMul(a as Tensor2D, b as Tensor2D, transposeA, transposeB),

    softmaxCrossEntropy(logits, labels) {
      return tf.tidy(() => {
        const shifted = tf.sub(logits, tf.max(logits, 1, true));
        const exponentials = tf.exp(shifted);
        const sums = tf.sum(exponentials, 1, true);
        const truth = tf.oneHot(labels as Tensor1D, logits.shape[1]!);
        const ofLabel = tf.sum(tf.mul(shifted, truth), 1) as Tensor1D;
        const losses = tf.sub(tf.reshape(tf.log(sums), [-1]), ofLabel) as Tensor1D;
        return { losses, gradient: tf.sub(tf.div(exponentials, sums), truth) as Tensor2D };
      });
    },

    // A product with a matrix of zeros and ones: exact, and much quicker than gathering single channels.
    alignChannels: (x, positions) =>
      tf.tidy(() => {
        const channels = x.shape.at(-1)!;
        const selection = new Float32Array(channels * positions.length);
        positions.forEach((from, to) => {
          if (from !== -1) selection[from * positions.length + to] = 1;
        });
        const matrix = tf.tensor2d(selection, [channels, positions.length]);
        const aligned = tf.matMul(tf.reshape(x, [-1, channels]) as Tensor2D, matrix);
        return tf.reshape(aligned, [...x.shape.slice(0, -1), positions.length]);
      }),
  };
}
