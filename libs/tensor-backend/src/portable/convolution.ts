import type { Tensor4D, TensorBackend, TensorFunctions } from '../backend.js';
import { explicitPadding, surroundForInputGradient } from './maps.js';

type Convolution = Pick<TensorBackend, 'conv2d' | 'conv2dInputGradient' | 'conv2dKernelGradient'>;

/** Convolutions where only the forward operator exists: both gradients are convolutions again. */
export function portableConvolution(tf: TensorFunctions): Convolution {
  return {
    conv2d: (x, kernel, { stride, padding }) =>
      tf.conv2d(x as Tensor4D, kernel as Tensor4D, stride, explicitPadding(padding)),

    conv2dInputGradient: (inputShape, kernel, dy, geometry) =>
      tf.tidy(() => {
        const surrounded = surroundForInputGradient(tf, dy, inputShape, kernel.shape, geometry);
        const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
        return tf.conv2d(surrounded, turned, 1, 'valid');
      }),

    // Every weight is a sum over images and positions of x times dy. That is again a convolution, with the images as channels, x's
    // channels as images and dy as the kernel, its positions `stride` apart: the one product that WASM has a quick kernel for.
    conv2dKernelGradient: (x, kernelShape, dy, { stride, padding }) =>
      tf.tidy(() => {
        const [rows, columns] = kernelShape as readonly [number, number];
        const images = tf.transpose(x, [3, 1, 2, 0]) as Tensor4D;
        const slopes = tf.transpose(dy, [1, 2, 0, 3]) as Tensor4D;
        const weights = tf.conv2d(images, slopes, 1, explicitPadding(padding), 'NHWC', stride);
        // Rows of x that no window reached give weights behind the kernel's last ones.
        const [inputs, , , outputs] = weights.shape;
        return tf.transpose(
          tf.slice4d(weights, [0, 0, 0, 0], [inputs, rows, columns, outputs]),
          [1, 2, 0, 3],
        );
      }),
  };
}
