import type { OutputShape } from '../../graph/shapes.js';

interface Window {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * Whether Keras' padding `same` gives what `padding` zeros on each of the four sides of this map give. It depends on the map: with
 * stride 2 on an even one `same` puts its zeros behind it, not before.
 */
export function isSamePadding({ height, width }: OutputShape, window: Window): boolean {
  return [height, width].every((length) => isSameAlong(length, window));
}

function isSameAlong(length: number, { size, stride, padding }: Window): boolean {
  const positions = Math.floor((length + 2 * padding - size) / stride) + 1;
  const samePositions = Math.ceil(length / stride);
  const sameZeros = Math.max((samePositions - 1) * stride + size - length, 0);
  // Of zeros behind the last value only those matter that a window reaches, and equally many windows reach equally far.
  return positions === samePositions && padding === Math.floor(sameZeros / 2);
}
