import type { ConvolutionGeometry, Tensor } from '../backend.js';
import type { EagerRuntime, Handle } from './eager-runtime.js';

/**
 * Whether a convolution is better done as a matrix product: 1x1 kernels with more weights than the maps have values (the last
 * layers of MobileNet on small images), which oneDNN's convolution spends its time on rearranging. 2 to 5 times as fast there.
 */
export function isLargePointwise(
  inputShape: readonly number[],
  kernelShape: readonly number[],
  { stride, padding }: ConvolutionGeometry,
): boolean {
  const [batch, height, width] = inputShape as readonly [number, number, number];
  const [rows, columns, inputs, outputs] = kernelShape as readonly [number, number, number, number];
  return (
    rows * columns === 1 &&
    stride === 1 &&
    padding === 0 &&
    batch * height * width < Math.max(inputs, outputs)
  );
}

/** Product of two tensors seen as matrices over their last axis, under `shape`. */
export function pointwiseProduct(
  eager: EagerRuntime,
  a: Tensor,
  b: Tensor,
  transpose: { a?: boolean; b?: boolean },
  shape: readonly number[],
): Tensor {
  const left = asMatrix(eager, a);
  const right = asMatrix(eager, b);
  const transposition = [
    eager.boolean('transpose_a', transpose.a ?? false),
    eager.boolean('transpose_b', transpose.b ?? false),
  ];
  const [product] = eager.runRaw('MatMul', [eager.float32, ...transposition], [left, right], 1);
  const result = eager.withInts(shape, (target) =>
    eager.run('Reshape', [eager.float32, eager.type('Tshape', eager.binding.TF_INT32)], [product!, target]),
  );
  for (const handle of [left, right, product!]) eager.free(handle);
  return result;
}

/** `[..., channel]` -> `[position, channel]`; the caller frees the handle. */
export function asMatrix(eager: EagerRuntime, x: Tensor): Handle {
  const channels = x.shape.at(-1)!;
  return eager.reshaped(x, [x.size / channels, channels]);
}
