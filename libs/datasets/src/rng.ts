import { ModaError } from '@moda/contracts';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** The whole state of a generator: four signed 32-bit integers, safe to keep as JSON. */
export type RngState = readonly [number, number, number, number];

/** A seeded source of chance (xoroshiro128+); every draw changes its state. */
export interface Rng {
  /** A uniform integer in `0..bound-1`; `bound` is 1..2^32. */
  below(bound: number): number;
  /** True with probability 1/2. */
  coin(): boolean;
  /** The state now: `restoreRng(rng.state())` continues with the same draws. */
  state(): RngState;
}

/** The generator is seeded with 32 bits. */
const maxSeed = 0xffff_ffff;

/** The first outputs of neighbouring seeds are alike until the state is mixed; 64 steps are several times what it takes. */
const warmUpDraws = 64;

type Generator = ReturnType<typeof xoroshiro128plus>;

/** A generator for `seed`, an integer in 0..4294967295. Throws `USAGE` for anything else. */
export function createRng(seed: number): Rng {
  if (!Number.isInteger(seed) || seed < 0 || seed > maxSeed) {
    throw new ModaError('USAGE', `The seed is ${seed}, but must be an integer from 0 to ${maxSeed}.`, {
      seed,
    });
  }
  const generator = xoroshiro128plus(seed);
  for (let draw = 0; draw < warmUpDraws; draw += 1) generator.next();
  return wrap(generator);
}

/** Continues where `state` was taken; it may come from a file. Throws `USAGE` for what no generator can have written. */
export function restoreRng(state: unknown): Rng {
  if (isRngState(state)) return wrap(xoroshiro128plusFromState(state));
  throw new ModaError(
    'USAGE',
    'The saved state of the random generator is not four 32-bit integers; start again from a seed.',
  );
}

function isRngState(state: unknown): state is RngState {
  const isWord = (word: unknown) => typeof word === 'number' && word === (word | 0);
  // The all-zero state is the one state that this generator never reaches and never leaves.
  return (
    Array.isArray(state) && state.length === 4 && state.every(isWord) && state.some((word) => word !== 0)
  );
}

function wrap(generator: Generator): Rng {
  return {
    below: (bound) => uniformInt(generator, 0, bound - 1),
    // The low bit of xoroshiro128+ is its weakest, the sign bit one of its best.
    coin: () => generator.next() < 0,
    state: () => {
      const [a = 0, b = 0, c = 0, d = 0] = generator.getState();
      return [a | 0, b | 0, c | 0, d | 0];
    },
  };
}
