import type { Tensor, Tensor2D } from '../backend.js';
import type { EagerRuntime } from './eager-runtime.js';

/** Beyond this many positions a plain running sum in float32 loses digits; TensorFlow's Mean adds in a tree. */
const longestRunningSum = 4096;

/** `[n, h, w, c]` -> `[n, c]`, mean over positions. A pooling window as large as the map is twice as fast as Mean. */
export function positionMeans(eager: EagerRuntime, x: Tensor): Tensor2D {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const { TF_INT32 } = eager.binding;
  if (height * width > longestRunningSum || eager.usesGpu) {
    const attributes = [eager.float32, eager.type('Tidx', TF_INT32), eager.boolean('keep_dims', false)];
    return eager.withInts([1, 2], (axes) => eager.run('Mean', attributes, [x, axes])) as Tensor2D;
  }
  const [pooled] = eager.runRaw(
    'AvgPool',
    [
      eager.float32,
      eager.nhwc,
      eager.integers('ksize', [1, height, width, 1]),
      eager.integers('strides', [1, 1, 1, 1]),
      eager.text('padding', 'VALID'),
    ],
    [x],
    1,
  );
  const means = eager.withInts([batch, channels], (shape) =>
    eager.run('Reshape', [eager.float32, eager.type('Tshape', TF_INT32)], [pooled!, shape]),
  );
  eager.free(pooled!);
  return means as Tensor2D;
}
