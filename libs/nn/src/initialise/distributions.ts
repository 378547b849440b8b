import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { naturalLogarithm } from './natural-logarithm.js';

/** A number in (-1, 1), never 0, symmetric: the middles of 2^32 equal steps. */
function signedUnit(random: RandomGenerator): number {
  return (random.next() + 0.5) * 2 ** -31;
}

/** Fills with draws from N(0, deviation^2): Marsaglia's polar method, two draws per point inside the unit circle. */
export function fillNormal(values: Float32Array, deviation: number, random: RandomGenerator): void {
  for (let i = 0; i < values.length;) {
    const x = signedUnit(random);
    const y = signedUnit(random);
    const square = x * x + y * y;
    if (square >= 1) continue;
    const factor = deviation * Math.sqrt((-2 * naturalLogarithm(square)) / square);
    values[i++] = x * factor;
    if (i < values.length) values[i++] = y * factor;
  }
}

/** Fills with draws from the uniform distribution on (-bound, bound). */
export function fillUniform(values: Float32Array, bound: number, random: RandomGenerator): void {
  for (let i = 0; i < values.length; i++) values[i] = bound * signedUnit(random);
}
