import type { ConvolutionGeometry, TensorBackend } from '../backend.js';
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

  return {
    conv2d: (x, kernel, geometry) =>
      asProduct(x.shape, kernel.shape, geometry)
        ? pointwiseProduct(eager, x, kernel, {}, [...x.shape.slice(0, 3), kernel.shape[3]!])
        : eager.run('Conv2D', windowAttributes(eager, x.shape, kernel.shape, geometry), [x, kernel]),

    conv2dInputGradient: (inputShape, kernel, dy, geometry) =>
      asProduct(inputShape, kernel.shape, geometry)
        ? pointwiseProduct(eager, dy, kernel, { b: true }, inputShape)
        : eager.withInts(inputShape, (sizes) =>
            eager.run('Conv2DBackpropInput', windowAttributes(eager, inputShape, kernel.shape, geometry), [
              sizes,
              kernel,
              dy,
            ]),
          ),

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
  } else if (
    equalsSamePadding(inputShape[1]!, kernelShape[0]!, geometry) &&
    equalsSamePadding(inputShape[2]!, kernelShape[1]!, geometry)
  ) {
    attributes.push(eager.text('padding', 'SAME'));
  } else {
    const around = [0, 0, padding, padding, padding, padding, 0, 0];
    attributes.push(eager.text('padding', 'EXPLICIT'), eager.integers('explicit_paddings', around));
  }
  return attributes;
}
