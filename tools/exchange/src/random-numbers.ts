/** Numbers in 0..1 that are the same on every machine (mulberry32). */
export type RandomNumbers = () => number;

export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each of 0 .. count-1 with a probability, ascending; never none. */
export function randomSubset(random: RandomNumbers, count: number, share: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  const kept = all.filter(() => random() < share);
  return kept.length > 0 ? kept : [Math.floor(random() * count)];
}
