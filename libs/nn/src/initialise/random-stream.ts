import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A generator of its own for every seed and name, so that what one parameter draws does not depend on which others there are or
 * on their order.
 */
export function randomStream(seed: number, name: string): RandomGenerator {
  // State words hashed from all of seed and name; the generator's own seeding repeats its first output.
  const state: number[] = [1, 2, 3, 4].map((word) => mix(hashOf(`${word} ${seed} ${name}`)));
  if (!state.some((word) => word !== 0)) state.fill(1); // zeros: the one state that the generator never leaves
  return xoroshiro128plusFromState(state);
}

/** FNV-1a over UTF-16 code units (two bytes each), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash;
}

/** Finaliser of MurmurHash3: every bit of the input changes every bit of the output with probability one half. */
function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
