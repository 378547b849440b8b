/** A number from 0 to 1, 1 excluded. */
export type Dice = () => number;

const modulus = 2 ** 31 - 1;
const factor = 48_271;

/**
 * The same numbers for the same seed (Park and Miller's generator), so that a series of moments can be had again.
 *
 * @param seed a whole number from 1 on
 */
export function diceOf(seed: number): Dice {
  let state = seed % modulus || 1;
  const next = () => {
    state = (state * factor) % modulus;
    return (state - 1) / (modulus - 1);
  };
  // The first ones are near each other where seeds are.
  for (let i = 0; i < 10; i += 1) next();
  return next;
}
