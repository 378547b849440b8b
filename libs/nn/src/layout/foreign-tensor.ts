/** A tensor as a file of another program holds it, row-major. Only float32 data is taken. */
export interface ForeignTensor {
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}
