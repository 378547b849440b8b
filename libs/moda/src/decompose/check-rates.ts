import { ModaError } from '@moda/contracts';
import { type Architecture, fullSet, type ShapesByName, trackedLayers } from '@moda/nn/graph';

import type { ActivationRates } from './activation-rates.js';

/**
 * Fails where rates were measured on another network: they would cut this one in the wrong places, or not at all.
 *
 * @throws ModaError RATES_INVALID; MODEL_INVALID where the network has only some classes of another one, because rates are
 *   counted by position and outputs keep their numbers in the whole network
 */
export function checkRates(architecture: Architecture, shapes: ShapesByName, rates: ActivationRates): void {
  const { of, kept } = shapes.get(architecture.operators.at(-1)?.name ?? '')?.channels ?? fullSet(0);
  if (of !== kept.length) {
    throw new ModaError(
      'MODEL_INVALID',
      `The model has ${kept.length} of the ${of} classes of another one; cut the whole one instead.`,
    );
  }
  const layers = trackedLayers(architecture, shapes);
  const fits =
    rates.samples.length === of &&
    rates.layers.length === layers.length &&
    layers.every(({ name, channels }, l) => {
      const layer = rates.layers[l];
      return layer?.name === name && layer.units === channels.of;
    });
  if (fits) return;
  throw new ModaError(
    'RATES_INVALID',
    'The activation rates belong to another network; decompose the model again.',
  );
}
