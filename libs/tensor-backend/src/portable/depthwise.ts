import type { ConvolutionGeometry, Tensor, Tensor4D, TensorBackend, TensorFunctions } from '../backend.js';
import { explicitPadding, surroundForInputGradient } from './maps.js';

type Depthwise = Pick<
  TensorBackend,
  'depthwiseConv2d' | 'depthwiseConv2dInputGradient' | 'depthwiseConv2dKernelGradient'
>;

export function portableDepthwise(tf: TensorFunctions): Depthwise {
  return {
    depthwiseConv2d: (x, kernel, { stride, padding }) =>
      tf.depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, stride, explicitPadding(padding)),

    depthwiseConv2dInputGradient: (inputShape, kernel, dy, geometry) =>
      tf.tidy(() => {
        const surrounded = surroundForInputGradient(tf, dy, inputShape, kernel.shape, geometry);
        return tf.depthwiseConv2d(surrounded, tf.reverse(kernel, [0, 1]) as Tensor4D, 1, 'valid');
      }),

    depthwiseConv2dKernelGradient: (x, kernelShape, dy, geometry) =>
      kernelGradient(tf, x, kernelShape, dy, geometry),
  };
}

/** A loop over the values themselves: several times as fast as slicing, multiplying and summing maps for every kernel cell. */
function kernelGradient(
  tf: TensorFunctions,
  x: Tensor,
  kernelShape: readonly number[],
  dy: Tensor,
  { stride, padding }: ConvolutionGeometry,
): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [, outputRows, outputColumns] = dy.shape as [number, number, number, number];
  const [kernelRows, kernelColumns] = kernelShape as readonly [number, number];
  const inputs = x.dataSync<'float32'>();
  const slopes = dy.dataSync<'float32'>();
  const gradient = new Float64Array(kernelRows * kernelColumns * channels);
  for (let image = 0; image < batch; image += 1) {
    for (let row = 0; row < outputRows; row += 1) {
      for (let column = 0; column < outputColumns; column += 1) {
        const slope = ((image * outputRows + row) * outputColumns + column) * channels;
        for (let kernelRow = 0; kernelRow < kernelRows; kernelRow += 1) {
          const inputRow = row * stride + kernelRow - padding;
          if (inputRow < 0 || inputRow >= height) continue;
          for (let kernelColumn = 0; kernelColumn < kernelColumns; kernelColumn += 1) {
            const inputColumn = column * stride + kernelColumn - padding;
            if (inputColumn < 0 || inputColumn >= width) continue;
            const input = ((image * height + inputRow) * width + inputColumn) * channels;
            const weight = (kernelRow * kernelColumns + kernelColumn) * channels;
            for (let channel = 0; channel < channels; channel += 1) {
              gradient[weight + channel]! += inputs[input + channel]! * slopes[slope + channel]!;
            }
          }
        }
      }
    }
  }
  return tf.tensor(Float32Array.from(gradient), [...kernelShape]);
}
