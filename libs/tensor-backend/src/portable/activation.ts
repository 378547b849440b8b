import type { Tensor, Tensor2D, TensorBackend, TensorFunctions } from '../backend.js';
import { columnSums } from './column-sums.js';
import { positionMeans } from './pooling.js';

type Activation = Pick<
  TensorBackend,
  'biasAdd' | 'biasGradient' | 'relu' | 'reluGradient' | 'unitActivations' | 'addUnitGradient'
>;

export function portableActivation(tf: TensorFunctions): Activation {
  return {
    biasAdd: (x, bias) => tf.add(x, bias),
    biasGradient: (dy) => columnSums(tf, dy),
    relu: (x) => tf.relu(x),
    reluGradient: (dy, y) => tf.tidy(() => tf.mul(dy, tf.step(y))),
    unitActivations: (x) =>
      tf.tidy(() => (x.rank === 2 ? (tf.abs(x) as Tensor2D) : positionMeans(tf, tf.abs(x) as Tensor))),
    addUnitGradient: (dy, g) =>
      tf.tidy(() => {
        if (dy.rank === 2) return tf.add(dy, g);
        const [batch, height, width, channels] = dy.shape as [number, number, number, number];
        return tf.add(dy, tf.reshape(tf.div(g, height * width), [batch, 1, 1, channels]));
      }),
  };
}
