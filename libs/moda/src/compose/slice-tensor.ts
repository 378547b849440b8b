import type { HostTensor } from '@moda/nn/graph';

/**
 * The entries of a tensor at the given positions of one axis, in the order given. Positions are those of entries that exist;
 * a tensor that keeps all of them is handed back as it is.
 */
export function sliceTensor(tensor: HostTensor, axis: number, positions: Int32Array): HostTensor {
  const extent = tensor.shape[axis] ?? 0;
  if (positions.length === extent && positions.every((position, i) => position === i)) return tensor;
  const outer = product(tensor.shape.slice(0, axis));
  const inner = product(tensor.shape.slice(axis + 1));
  const data = new Float32Array(outer * positions.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const position of positions) {
      if (position < 0 || position >= extent)
        throw new RangeError(`no entry ${position} on an axis of ${extent}`);
      const from = (o * extent + position) * inner;
      if (inner === 1) data[at] = tensor.data[from] ?? NaN;
      else data.set(tensor.data.subarray(from, from + inner), at);
      at += inner;
    }
  }
  return { shape: tensor.shape.map((size, i) => (i === axis ? positions.length : size)), data };
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}
