import type { Tensor, Tensor2D, TensorBackend } from '../backend.js';
import type { EagerRuntime } from './eager-runtime.js';
import { positionMeans } from './position-means.js';

type Activation = Pick<
  TensorBackend,
  'biasAdd' | 'biasGradient' | 'relu' | 'reluGradient' | 'unitActivations' | 'addUnitGradient'
>;

/** Bias, ReLU and what the modular loss sees of a ReLU's output. */
export function nativeActivation(eager: EagerRuntime): Activation {
  // Outputs of ReLU are their own absolute values, which saves a pass over the largest tensors of a training step.
  const nonNegative = new WeakSet<Tensor>();
  const absolute = (x: Tensor) => eager.run('Abs', [eager.float32], [x]);

  return {
    biasAdd: (x, bias) => eager.run('BiasAdd', [eager.float32, eager.nhwc], [x, bias]),
    biasGradient: (dy) =>
      eager.run('BiasAddGrad', [eager.float32, eager.nhwc], [dy]) as ReturnType<
        TensorBackend['biasGradient']
      >,

    relu(x) {
      const y = eager.run('Relu', [eager.float32], [x]);
      nonNegative.add(y);
      return y;
    },
    reluGradient: (dy, y) => eager.run('ReluGrad', [eager.float32], [dy, y]),

    unitActivations(x) {
      if (x.rank === 2)
        return (nonNegative.has(x) ? eager.run('Identity', [eager.float32], [x]) : absolute(x)) as Tensor2D;
      const magnitude = nonNegative.has(x) ? x : absolute(x);
      const means = positionMeans(eager, magnitude);
      if (magnitude !== x) magnitude.dispose();
      return means;
    },

    addUnitGradient(dy, g) {
      if (dy.rank === 2) return eager.run('AddV2', [eager.float32], [dy, g]);
      const [batch, height, width, channels] = dy.shape as [number, number, number, number];
      const share = eager.constant(Float32Array.of(1 / (height * width)), []);
      const [scaled] = eager.runRaw('Mul', [eager.float32], [g, share], 1);
      const spread = eager.reshaped(scaled!, [batch, 1, 1, channels]);
      const sum = eager.run('AddV2', [eager.float32], [dy, spread]);
      for (const handle of [share, scaled!, spread]) eager.free(handle);
      return sum;
    },
  };
}
