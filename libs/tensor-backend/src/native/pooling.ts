import type { PoolGeometry, Tensor, TensorBackend } from '../backend.js';
import type { Attribute, EagerRuntime } from './eager-runtime.js';
import { positionMeans } from './position-means.js';

type Pooling = Pick<
  TensorBackend,
  'maxPool' | 'maxPoolGradient' | 'globalAveragePool' | 'globalAveragePoolGradient'
>;

export function nativePooling(eager: EagerRuntime): Pooling {
  const { TF_INT32 } = eager.binding;
  const maxPoolGradient = quickestMaxPoolGradient(eager);

  return {
    maxPool: (x, geometry) => eager.run('MaxPool', windowAttributes(eager, geometry), [x]),
    maxPoolGradient,

    globalAveragePool: (x) => positionMeans(eager, x),

    globalAveragePoolGradient(inputShape, dy) {
      const [batch, height, width, channels] = inputShape as readonly [number, number, number, number];
      const share = eager.constant(Float32Array.of(1 / (height * width)), []);
      const [scaled] = eager.runRaw('Mul', [eager.float32], [dy, share], 1);
      const narrow = eager.reshaped(scaled!, [batch, 1, 1, channels]);
      const spread = eager.withInts(inputShape, (shape) =>
        eager.run('BroadcastTo', [eager.float32, eager.type('Tidx', TF_INT32)], [narrow, shape]),
      );
      for (const handle of [share, scaled!, narrow]) eager.free(handle);
      return spread;
    },
  };
}

type MaxPoolGradient = TensorBackend['maxPoolGradient'];

function windowAttributes(eager: EagerRuntime, { size, stride }: PoolGeometry): Attribute[] {
  return [
    eager.float32,
    eager.nhwc,
    eager.integers('ksize', [1, size, size, 1]),
    eager.integers('strides', [1, stride, stride, 1]),
    eager.text('padding', 'VALID'),
  ];
}

/**
 * TensorFlow's MaxPoolGrad searches each window again, one element at a time. Its oneDNN operators, which it has for graphs
 * but does not choose here, are 5 to 20 times as fast although they pool again to learn where the maxima are. Taken only where
 * this TensorFlow has them and they find the same maxima in windows full of ties.
 */
function quickestMaxPoolGradient(eager: EagerRuntime): MaxPoolGradient {
  const plain: MaxPoolGradient = (x, y, dy, geometry) =>
    eager.run('MaxPoolGrad', windowAttributes(eager, geometry), [x, y, dy]);
  if (eager.usesGpu) return plain;
  const viaOneDnn = oneDnnMaxPoolGradient(eager);
  return agreeOnTies(eager, plain, viaOneDnn) ? viaOneDnn : plain;
}

function oneDnnMaxPoolGradient(eager: EagerRuntime): MaxPoolGradient {
  // The label under which TensorFlow registers kernels that only its graph rewriting asks for.
  const label = eager.text('_kernel', 'MklNameChangeOp');
  return (x, _y, dy, geometry) => {
    const attributes = [...windowAttributes(eager, geometry), label];
    const [y, maxima] = eager.runRaw('_MklNativeMaxPool', attributes, [x], 2) as [number, number];
    try {
      const withMaxima = [...attributes, eager.boolean('workspace_enabled', true)];
      return eager.run('_MklNativeMaxPoolGrad', withMaxima, [x, y, dy, maxima]);
    } finally {
      eager.free(y);
      eager.free(maxima);
    }
  };
}

function agreeOnTies(eager: EagerRuntime, plain: MaxPoolGradient, other: MaxPoolGradient): boolean {
  const { tf } = eager;
  const geometry = { size: 2, stride: 2 };
  // 16 channels (a full vector register) and 3 (a rest), values of which many are equal.
  return [16, 3].every((channels) =>
    tf.tidy(() => {
      const shape: [number, number, number, number] = [2, 7, 6, channels];
      const values = Array.from({ length: 2 * 7 * 6 * channels }, (_, i) => ((i * 7919) % 101) % 3);
      const x = tf.tensor4d(values, shape);
      const y: Tensor = eager.run('MaxPool', windowAttributes(eager, geometry), [x]);
      const dy = tf.reshape(tf.range(1, y.size + 1), y.shape);
      try {
        const expected = plain(x, y, dy, geometry).dataSync();
        const found = other(x, y, dy, geometry).dataSync();
        return found.every((value, i) => value === expected[i]);
      } catch {
        return false;
      }
    }),
  );
}
