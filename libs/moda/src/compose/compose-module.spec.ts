import { inferShapes, trackedLayers } from '@moda/nn';
import { describe, expect, it } from 'vitest';

import type { ActivationRates } from '../decompose/activation-rates.js';
import { masksAt } from '../decompose/masks.js';
import { smallNetwork } from '../testing/small-networks.js';
import { composeModule, moduleOf } from './compose-module.js';
import { unionMasks } from './union-masks.js';

const network = smallNetwork({ blocks: [], tail: 'globalPool', channels: 3, classes: 3, seed: 5 });
// Two tracked layers, of 3 and 4 units; class c is always active in unit c, and all are in the last.
const rates: ActivationRates = {
  samples: Uint32Array.of(10, 10, 10),
  layers: [
    { name: 'stem.relu', units: 3, counts: Uint32Array.of(10, 0, 0, 0, 10, 0, 0, 0, 10) },
    { name: 'fc1.relu', units: 4, counts: Uint32Array.of(10, 0, 0, 9, 0, 10, 0, 9, 0, 0, 10, 9) },
  ],
};

describe('composing', () => {
  it('keeps per layer the units of any of the classes, and outputs for them in ascending order', () => {
    const composed = composeModule(network, rates, 0.9, [2, 0]);
    expect(trackedLayers(composed.architecture).map(({ channels }) => channels.kept)).toEqual([
      [0, 2],
      [0, 2, 3],
    ]);
    expect(inferShapes(composed.architecture).get('fc2')?.channels).toEqual({ of: 3, kept: [0, 2] });
  });

  it('follows the threshold', () => {
    const composed = composeModule(network, rates, 0.95, [0, 1]);
    expect(trackedLayers(composed.architecture).map(({ channels }) => channels.kept)).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('of one class is the module of that class', () => {
    expect(moduleOf(network, rates, 0.9, 1)).toEqual(composeModule(network, rates, 0.9, [1]));
    expect(inferShapes(moduleOf(network, rates, 0.9, 1).architecture).get('fc2')?.channels.kept).toEqual([1]);
  });

  it('names a class that there is not', () => {
    expect(() => unionMasks(masksAt(rates, 0.9), [0, 3])).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message: 'There is no class 3; the model has classes 0 to 2.',
      }),
    );
  });
});
