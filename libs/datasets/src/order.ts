import type { Rng } from './rng.js';

/** The indices `0..count-1` in a random order, each order equally likely (Fisher-Yates); the caller owns the result. */
export function shuffledOrder(count: number, rng: Rng): Uint32Array {
  const order = sequentialOrder(count);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = rng.below(last + 1);
    const moved = order[last] as number;
    order[last] = order[other] as number;
    order[other] = moved;
  }
  return order;
}

/** The indices `0..count-1` as they come. */
export function sequentialOrder(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index);
}
