import { type Network, openModel } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';

export interface ImageBatch {
  readonly shape: readonly [number, number, number, number];
  readonly data: Float32Array;
}

/** Logits of images in inference mode, row by row, as this library computes them. */
export function logitsOf(backend: TensorBackend, network: Network, { shape, data }: ImageBatch): number[][] {
  const model = openModel(backend, network);
  const images = backend.tf.tensor4d(data, [...shape]);
  try {
    const logits = model.predict(images);
    const rows = logits.arraySync() as number[][];
    logits.dispose();
    return rows;
  } finally {
    images.dispose();
    model.dispose();
  }
}

/** Largest difference between two tables of numbers over the largest magnitude, or over 1 where that is more. */
export function largestDifference(
  measured: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  if (measured.length !== expected.length || measured.some((row, i) => row.length !== expected[i]?.length)) {
    return Infinity;
  }
  const scale = Math.max(1, ...expected.flat().map(Math.abs));
  const differences = expected.flatMap((row, i) =>
    row.map((value, j) => Math.abs(value - (measured[i]?.[j] ?? NaN))),
  );
  return Math.max(...differences) / scale;
}
