import type { ConvolutionGeometry } from './backend.js';

/** Positions of a window of `size` along an axis of `length`: floor((length + 2 padding - size) / stride) + 1. */
export function outputLength(length: number, size: number, geometry: ConvolutionGeometry): number {
  return Math.floor((length + 2 * geometry.padding - size) / geometry.stride) + 1;
}

/**
 * Whether TensorFlow's SAME padding gives what `geometry.padding` zeros on either side give: as many positions, and as many
 * zeros before the first value (zeros behind the last one that no window reaches make no difference).
 */
export function equalsSamePadding(length: number, size: number, geometry: ConvolutionGeometry): boolean {
  const positions = Math.ceil(length / geometry.stride);
  const zeros = Math.max((positions - 1) * geometry.stride + size - length, 0);
  return positions === outputLength(length, size, geometry) && Math.floor(zeros / 2) === geometry.padding;
}
