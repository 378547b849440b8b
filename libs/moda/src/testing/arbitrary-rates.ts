import { type Architecture, trackedLayers } from '@moda/nn/graph';
import fc from 'fast-check';

import type { ActivationRates } from '../decompose/activation-rates.js';
import { pseudoRandom } from './small-networks.js';

/** Rates of a network as if it had been measured on some samples of each class, from a seed. */
export function ratesFor(architecture: Architecture, seed: number, samplesOfClass = 20): ActivationRates {
  const next = pseudoRandom(seed);
  const last = architecture.operators.at(-1);
  const classes = last && 'channels' in last ? last.channels.kept.length : 0;
  return {
    samples: new Uint32Array(classes).fill(samplesOfClass),
    layers: trackedLayers(architecture).map(({ name, channels: { of } }) => ({
      name,
      units: of,
      counts: Uint32Array.from({ length: classes * of }, () => Math.floor(next() * (samplesOfClass + 1))),
    })),
  };
}

/** Some classes of a network, in any order, and a threshold. */
export function choicesOf(classes: number): fc.Arbitrary<{ classes: number[]; tau: number }> {
  return fc.record({
    classes: fc.shuffledSubarray([...Array(classes).keys()], { minLength: 1 }),
    tau: fc.double({ min: 0, max: 1, noNaN: true }),
  });
}
