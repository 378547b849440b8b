/** Units or channels of one layer as bits, 32 to a word: what two sets have in common is counted a word at a time. */
export type UnitBits = Uint32Array;

/**
 * @param of how many there are in the whole layer
 * @param kept those of the set, each in 0..of-1
 */
export function unitBits(of: number, kept: readonly number[]): UnitBits {
  const bits = new Uint32Array(Math.ceil(of / 32));
  for (const unit of kept) bits[unit >>> 5] = (bits[unit >>> 5] ?? 0) | (1 << (unit & 31));
  return bits;
}

/** How many are in both sets, which are of the same layer. */
export function countInBoth(a: UnitBits, b: UnitBits): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += ones((a[i] ?? 0) & (b[i] ?? 0));
  return count;
}

/** Bits that are set in a 32-bit word: sums in pairs, fours and bytes, then of all bytes at once. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
