/**
 * The largest distance between two lists of as many numbers, 0 for empty ones; NaN where a number is none.
 *
 * @throws RangeError for lists of other lengths
 */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers are compared with ${b.length}.`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const distance = Math.abs(a[i]! - b[i]!);
    if (Number.isNaN(distance)) return NaN;
    largest = Math.max(largest, distance);
  }
  return largest;
}
