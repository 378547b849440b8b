import type { ConvolutionGeometry, Tensor, Tensor4D, TensorFunctions } from '../backend.js';

type ExplicitPadding = [[number, number], [number, number], [number, number], [number, number]];

/** Steps that convolution gradients are put together from. Maps are `[batch, height, width, channel]`; the caller disposes results. */

/**
 * The padding in TensorFlow.js's explicit form. (Given as one number, TensorFlow.js derives both output lengths from the kernel's
 * height.)
 */
export function explicitPadding(padding: number): ExplicitPadding {
  return [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ];
}

/** Adds that many zeros before and after the rows and the columns; a negative number cuts off. */
export function padOrCrop(
  tf: TensorFunctions,
  x: Tensor4D,
  rows: [number, number],
  columns: [number, number],
): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const cutTop = Math.max(-rows[0], 0);
  const cutLeft = Math.max(-columns[0], 0);
  const keptHeight = height - cutTop - Math.max(-rows[1], 0);
  const keptWidth = width - cutLeft - Math.max(-columns[1], 0);
  return tf.tidy(() => {
    const kept =
      keptHeight === height && keptWidth === width
        ? x
        : tf.slice4d(x, [0, cutTop, cutLeft, 0], [batch, keptHeight, keptWidth, channels]);
    const around = [...rows, ...columns].map((count) => Math.max(count, 0));
    if (around.every((count) => count === 0)) return kept === x ? tf.clone(x) : kept;
    const [top, bottom, left, right] = around as [number, number, number, number];
    return tf.pad4d(kept, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
  });
}

/** Puts stride - 1 zeros behind every row and every column. */
export function spreadOut(tf: TensorFunctions, x: Tensor4D, stride: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (stride === 1) return tf.clone(x);
  const behind: [number, number][] = [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ];
  return tf.tidy(() => {
    const wide = tf.pad3d(
      tf.reshape(x, [batch * height * width, 1, channels]),
      behind as [[number, number], [number, number], [number, number]],
    );
    const tall = tf.pad3d(
      tf.reshape(wide, [batch * height, 1, width * stride * channels]),
      behind as [[number, number], [number, number], [number, number]],
    );
    return tf.reshape(tall, [batch, height * stride, width * stride, channels]);
  });
}

/** Zeros around dy so that a stride-1 convolution with the turned kernel gives the input gradient. */
export function surroundForInputGradient(
  tf: TensorFunctions,
  dy: Tensor,
  inputShape: readonly number[],
  kernelShape: readonly number[],
  { stride, padding }: ConvolutionGeometry,
): Tensor4D {
  return tf.tidy(() => {
    const spread = spreadOut(tf, dy as Tensor4D, stride);
    const around = (axis: 1 | 2): [number, number] => {
      const before = kernelShape[axis - 1]! - 1 - padding;
      return [before, inputShape[axis]! + kernelShape[axis - 1]! - 1 - spread.shape[axis] - before];
    };
    return padOrCrop(tf, spread, around(1), around(2));
  });
}
