import type {
  PoolGeometry,
  Tensor,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  TensorBackend,
  TensorFunctions,
} from '../backend.js';

type Pooling = Pick<
  TensorBackend,
  'maxPool' | 'maxPoolGradient' | 'globalAveragePool' | 'globalAveragePoolGradient'
>;

/** `[n, h, w, c]` -> `[n, c]`: the mean over positions, as a matrix product. */
export function positionMeans(tf: TensorFunctions, x: Tensor): Tensor2D {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const positions = height * width;
  return tf.tidy(() => {
    const shares = tf.fill([batch, 1, positions], 1 / positions) as Tensor3D;
    return tf.reshape(tf.matMul(shares, tf.reshape(x, [batch, positions, channels]) as Tensor3D), [
      batch,
      channels,
    ]);
  });
}

export function portablePooling(tf: TensorFunctions): Pooling {
  return {
    maxPool: (x, { size, stride }) => tf.maxPool(x as Tensor4D, size, stride, 'valid'),
    maxPoolGradient: (x, y, dy, geometry) => firstMaximumGradient(tf, x, y, dy, geometry),

    globalAveragePool: (x) => positionMeans(tf, x),
    globalAveragePoolGradient: (inputShape, dy) =>
      tf.tidy(() => {
        const [batch, height, width, channels] = inputShape as readonly [number, number, number, number];
        const narrow = tf.reshape(tf.div(dy, height * width), [batch, 1, 1, channels]);
        return tf.broadcastTo(narrow, [batch, height, width, channels]);
      }),
  };
}

/**
 * A loop over the values themselves: the WASM backend's own operator gives the gradient of a tie elsewhere, and comparing whole
 * maps window cell by window cell takes several times as long.
 */
function firstMaximumGradient(
  tf: TensorFunctions,
  x: Tensor,
  y: Tensor,
  dy: Tensor,
  { size, stride }: PoolGeometry,
): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [, rows, columns] = y.shape as [number, number, number, number];
  const inputs = x.dataSync<'float32'>();
  const maxima = y.dataSync<'float32'>();
  const slopes = dy.dataSync<'float32'>();
  const gradient = new Float32Array(inputs.length);
  let output = 0;
  for (let image = 0; image < batch; image += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const corner = ((image * height + row * stride) * width + column * stride) * channels;
        for (let channel = 0; channel < channels; channel += 1, output += 1) {
          const winner = firstInWindow(corner + channel, maxima[output]!);
          if (winner !== -1) gradient[winner]! += slopes[output]!;
        }
      }
    }
  }
  return tf.tensor4d(gradient, [batch, height, width, channels]);

  function firstInWindow(start: number, maximum: number): number {
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        const position = start + (row * width + column) * channels;
        if (inputs[position] === maximum) return position;
      }
    }
    return -1;
  }
}
