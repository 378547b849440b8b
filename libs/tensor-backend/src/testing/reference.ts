import type { ConvolutionGeometry, PoolGeometry } from '../backend.js';

/** Operators written once more as plain float64 loops over named axes: what every backend is measured against. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function zeros(shape: readonly number[]): Values {
  return { shape, data: new Float64Array(shape.reduce((product, length) => product * length, 1)) };
}

/** Position of an element; axes run slowest first. */
export function at(values: Values, ...indices: number[]): number {
  return indices.reduce((position, index, axis) => position * values.shape[axis]! + index, 0);
}

interface Tap {
  readonly image: number;
  readonly to: readonly [number, number];
  readonly cell: readonly [number, number];
  readonly from: readonly [number, number];
}

/** Every pair of an output position and an input position inside the map that a kernel cell connects. */
function* taps(
  inputShape: readonly number[],
  kernelShape: readonly number[],
  { stride, padding }: ConvolutionGeometry,
): Generator<Tap> {
  const [batch, height, width] = inputShape as readonly [number, number, number];
  const [rows, columns] = kernelShape as readonly [number, number];
  for (let image = 0; image < batch; image += 1)
    for (let y = 0; y * stride + rows <= height + 2 * padding; y += 1)
      for (let x = 0; x * stride + columns <= width + 2 * padding; x += 1)
        for (let row = 0; row < rows; row += 1)
          for (let column = 0; column < columns; column += 1) {
            const from = [y * stride + row - padding, x * stride + column - padding] as const;
            if (from[0] < 0 || from[0] >= height || from[1] < 0 || from[1] >= width) continue;
            yield { image, to: [y, x], cell: [row, column], from };
          }
}

export function outputShape(
  inputShape: readonly number[],
  kernelShape: readonly number[],
  geometry: ConvolutionGeometry,
  channels: number,
): number[] {
  const length = (axis: number) =>
    Math.floor((inputShape[axis]! + 2 * geometry.padding - kernelShape[axis - 1]!) / geometry.stride) + 1;
  return [inputShape[0]!, length(1), length(2), channels];
}

export function convolution(x: Values, kernel: Values, geometry: ConvolutionGeometry): Values {
  const [, , inputs, outputs] = kernel.shape as readonly [number, number, number, number];
  const y = zeros(outputShape(x.shape, kernel.shape, geometry, outputs));
  for (const { image, to, cell, from } of taps(x.shape, kernel.shape, geometry))
    for (let i = 0; i < inputs; i += 1)
      for (let o = 0; o < outputs; o += 1)
        y.data[at(y, image, ...to, o)]! +=
          x.data[at(x, image, ...from, i)]! * kernel.data[at(kernel, ...cell, i, o)]!;
  return y;
}

export function convolutionGradients(x: Values, kernel: Values, dy: Values, geometry: ConvolutionGeometry) {
  const [, , inputs, outputs] = kernel.shape as readonly [number, number, number, number];
  const dx = zeros(x.shape);
  const dKernel = zeros(kernel.shape);
  for (const { image, to, cell, from } of taps(x.shape, kernel.shape, geometry))
    for (let i = 0; i < inputs; i += 1)
      for (let o = 0; o < outputs; o += 1) {
        const slope = dy.data[at(dy, image, ...to, o)]!;
        dx.data[at(x, image, ...from, i)]! += slope * kernel.data[at(kernel, ...cell, i, o)]!;
        dKernel.data[at(kernel, ...cell, i, o)]! += slope * x.data[at(x, image, ...from, i)]!;
      }
  return { x: dx, kernel: dKernel };
}

export function depthwise(x: Values, kernel: Values, geometry: ConvolutionGeometry): Values {
  const channels = x.shape[3]!;
  const y = zeros(outputShape(x.shape, kernel.shape, geometry, channels));
  for (const { image, to, cell, from } of taps(x.shape, kernel.shape, geometry))
    for (let c = 0; c < channels; c += 1)
      y.data[at(y, image, ...to, c)]! +=
        x.data[at(x, image, ...from, c)]! * kernel.data[at(kernel, ...cell, c, 0)]!;
  return y;
}

export function depthwiseGradients(x: Values, kernel: Values, dy: Values, geometry: ConvolutionGeometry) {
  const dx = zeros(x.shape);
  const dKernel = zeros(kernel.shape);
  for (const { image, to, cell, from } of taps(x.shape, kernel.shape, geometry))
    for (let c = 0; c < x.shape[3]!; c += 1) {
      const slope = dy.data[at(dy, image, ...to, c)]!;
      dx.data[at(x, image, ...from, c)]! += slope * kernel.data[at(kernel, ...cell, c, 0)]!;
      dKernel.data[at(kernel, ...cell, c, 0)]! += slope * x.data[at(x, image, ...from, c)]!;
    }
  return { x: dx, kernel: dKernel };
}

export function maxPooling(x: Values, dy: Values | undefined, { size, stride }: PoolGeometry) {
  const window = { stride, padding: 0 };
  const y = zeros(outputShape(x.shape, [size, size], window, x.shape[3]!));
  y.data.fill(-Infinity);
  const winners = new Int32Array(y.data.length).fill(-1);
  for (const { image, to, from } of taps(x.shape, [size, size], window))
    for (let c = 0; c < x.shape[3]!; c += 1) {
      const output = at(y, image, ...to, c);
      const input = at(x, image, ...from, c);
      // Strictly greater: the first maximum of a window wins.
      if (winners[output] === -1 || x.data[input]! > y.data[output]!) {
        y.data[output] = x.data[input]!;
        winners[output] = input;
      }
    }
  const dx = zeros(x.shape);
  if (dy !== undefined) winners.forEach((input, output) => (dx.data[input]! += dy.data[output]!));
  return { y, dx };
}

export function batchNorm(x: Values, scale: Values, offset: Values, dy: Values, epsilon: number) {
  const channels = x.shape.at(-1)!;
  const samples = x.data.length / channels;
  const mean = zeros([channels]);
  const variance = zeros([channels]);
  x.data.forEach((value, i) => (mean.data[i % channels]! += value / samples));
  x.data.forEach(
    (value, i) => (variance.data[i % channels]! += (value - mean.data[i % channels]!) ** 2 / samples),
  );
  const deviation = variance.data.map((value) => Math.sqrt(value + epsilon));
  const normalised = x.data.map((value, i) => (value - mean.data[i % channels]!) / deviation[i % channels]!);
  const dScale = zeros([channels]);
  const dOffset = zeros([channels]);
  dy.data.forEach((slope, i) => {
    dOffset.data[i % channels]! += slope;
    dScale.data[i % channels]! += slope * normalised[i]!;
  });
  const y = normalised.map((value, i) => value * scale.data[i % channels]! + offset.data[i % channels]!);
  const dx = dy.data.map((slope, i) => {
    const c = i % channels;
    const centred = slope - dOffset.data[c]! / samples - (normalised[i]! * dScale.data[c]!) / samples;
    return (centred * scale.data[c]!) / deviation[c]!;
  });
  return {
    y,
    mean,
    variance,
    unbiased: variance.data.map((v) => (v * samples) / (samples - 1)),
    dx,
    dScale,
    dOffset,
  };
}

export function matrixProduct(a: Values, b: Values): Values {
  const [m, k] = a.shape as readonly [number, number];
  const n = b.shape[1]!;
  const product = zeros([m, n]);
  for (let i = 0; i < m; i += 1)
    for (let j = 0; j < n; j += 1)
      for (let l = 0; l < k; l += 1)
        product.data[at(product, i, j)]! += a.data[at(a, i, l)]! * b.data[at(b, l, j)]!;
  return product;
}

export function transposed(a: Values): Values {
  const [rows, columns] = a.shape as readonly [number, number];
  const result = zeros([columns, rows]);
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) result.data[at(result, j, i)] = a.data[at(a, i, j)]!;
  return result;
}

export function softmaxCrossEntropy(logits: Values, labels: readonly number[]) {
  const [, classes] = logits.shape as readonly [number, number];
  const gradient = zeros(logits.shape);
  const losses = labels.map((label, i) => {
    const row = Array.from({ length: classes }, (_, c) => logits.data[at(logits, i, c)]!);
    const largest = Math.max(...row);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    row.forEach(
      (logit, c) =>
        (gradient.data[at(gradient, i, c)] = Math.exp(logit - largest) / sum - (c === label ? 1 : 0)),
    );
    return Math.log(sum) - (row[label]! - largest);
  });
  return { losses, gradient };
}
