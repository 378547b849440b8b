import type { ConvolutionGeometry, Tensor, TensorBackend } from '../backend.js';
import { equalsSamePadding } from '../window.js';
import type { Attribute, EagerRuntime } from './eager-runtime.js';
import { isLargePointwise, pointwiseProduct } from './pointwise.js';

type Convolution = Pick<
  TensorBackend,
  | 'conv2d'
  | 'conv2dInputGradient'
  | 'conv2dKernelGradient'
  | 'depthwiseConv2d'
  | 'depthwiseConv2dInputGradient'
  | 'depthwiseConv2dKernelGradient'
>;

/** Convolutions and their two gradients, one TensorFlow operator each (or a matrix product). */
export function nativeConvolution(eager: EagerRuntime): Convolution {
  const asProduct = (
    inputShape: readonly number[],
    kernelShape: readonly number[],
    geometry: ConvolutionGeometry,
  ) => !eager.usesGpu && isLargePointwise(inputShape, kernelShape, geometry);

  /**
   * On a processor the input gradient of a convolution with explicit padding is two to five times slower than that of one
   * without, over an input that is larger by the padding (measured with oneDNN at 32x32x64 to 8x8x256, stride 2).
   */
  const padsItself = (
    inputShape: readonly number[],
    kernelShape: readonly number[],
    geometry: ConvolutionGeometry,
  ) => !eager.usesGpu && needsExplicitPadding(inputShape, kernelShape, geometry);

  return {
    conv2d: (x, kernel, geometry) =>
      asProduct(x.shape, kernel.shape, geometry)
        ? pointwiseProduct(eager, x, kernel, {}, [...x.shape.slice(0, 3), kernel.shape[3]!])
        : eager.run('Conv2D', windowAttributes(eager, x.shape, kernel.shape, geometry), [x, kernel]),

    conv2dInputGradient: (inputShape, kernel, dy, geometry) => {
      if (asProduct(inputShape, kernel.shape, geometry)) {
        return pointwiseProduct(eager, dy, kernel, { b: true }, inputShape);
      }
      if (!padsItself(inputShape, kernel.shape, geometry)) {
        return inputGradient(eager, inputShape, kernel, dy, geometry);
      }
      const whole = inputGradient(eager, paddedShape(inputShape, geometry), kernel, dy, unpadded(geometry));
      const { padding } = geometry;
      const inner = eager.tf.slice(whole, [0, padding, padding, 0], [...inputShape]);
      whole.dispose();
      return inner;
    },

    conv2dKernelGradient: (x, kernelShape, dy, geometry) =>
      asProduct(x.shape, kernelShape, geometry)
        ? pointwiseProduct(eager, x, dy, { a: true }, kernelShape)
        : eager.withInts(kernelShape, (sizes) =>
            eager.run('Conv2DBackpropFilter', windowAttributes(eager, x.shape, kernelShape, geometry), [
              x,
              sizes,
              dy,
            ]),
          ),

    depthwiseConv2d: (x, kernel, geometry) =>
      eager.run('DepthwiseConv2dNative', windowAttributes(eager, x.shape, kernel.shape, geometry), [
        x,
        kernel,
      ]),

    depthwiseConv2dInputGradient: (inputShape, kernel, dy, geometry) =>
      eager.withInts(inputShape, (sizes) =>
        eager.run(
          'DepthwiseConv2dNativeBackpropInput',
          windowAttributes(eager, inputShape, kernel.shape, geometry),
          [sizes, kernel, dy],
        ),
      ),

    depthwiseConv2dKernelGradient: (x, kernelShape, dy, geometry) =>
      eager.withInts(kernelShape, (sizes) =>
        eager.run(
          'DepthwiseConv2dNativeBackpropFilter',
          windowAttributes(eager, x.shape, kernelShape, geometry),
          [x, sizes, dy],
        ),
      ),
  };
}

function inputGradient(
  eager: EagerRuntime,
  inputShape: readonly number[],
  kernel: Tensor,
  dy: Tensor,
  geometry: ConvolutionGeometry,
): Tensor {
  const attributes = windowAttributes(eager, inputShape, kernel.shape, geometry);
  return eager.withInts(inputShape, (sizes) =>
    eager.run('Conv2DBackpropInput', attributes, [sizes, kernel, dy]),
  );
}

function paddedShape(shape: readonly number[], { padding }: ConvolutionGeometry): number[] {
  return shape.map((extent, axis) => (axis === 1 || axis === 2 ? extent + 2 * padding : extent));
}

function unpadded({ stride }: ConvolutionGeometry): ConvolutionGeometry {
  return { stride, padding: 0 };
}

function needsExplicitPadding(
  inputShape: readonly number[],
  kernelShape: readonly number[],
  geometry: ConvolutionGeometry,
): boolean {
  const same =
    equalsSamePadding(inputShape[1]!, kernelShape[0]!, geometry) &&
    equalsSamePadding(inputShape[2]!, kernelShape[1]!, geometry);
  return geometry.padding > 0 && !same;
}

function windowAttributes(
  eager: EagerRuntime,
  inputShape: readonly number[],
  kernelShape: readonly number[],
  geometry: ConvolutionGeometry,
): Attribute[] {
  const { stride, padding } = geometry;
  const attributes = [eager.float32, eager.nhwc, eager.integers('strides', [1, stride, stride, 1])];
  if (padding === 0) {
    attributes.push(eager.text('padding', 'VALID'));
  } else if (!needsExplicitPadding(inputShape, kernelShape, geometry)) {
    attributes.push(eager.text('padding', 'SAME'));
  } else {
    const around = [0, 0, padding, padding, padding, padding, 0, 0];
    attributes.push(eager.text('padding', 'EXPLICIT'), eager.integers('explicit_paddings', around));
  }
  return attributes;
}
