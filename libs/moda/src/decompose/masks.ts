import { ModaError } from '@moda/contracts';

import type { ActivationRates, LayerCounts } from './activation-rates.js';

/** The share of a layer's units that a module keeps at least, rounded down, and never less than one unit. */
export const FLOOR_SHARE_DENOMINATOR = 200;

/** Which units each class keeps. */
export interface Masks {
  readonly tau: number;
  /** Tracked layers in forward order. */
  readonly layers: readonly { readonly name: string; readonly units: number }[];
  /** Kept units by class, then layer; ascending. */
  readonly kept: readonly (readonly (readonly number[])[])[];
  /** Where a class reached too few units by tau and took its most frequent ones instead. */
  readonly floorHits: readonly FloorHit[];
}

export interface FloorHit {
  readonly class: number;
  readonly layer: string;
  /** Units that reached tau. */
  readonly reached: number;
  /** Units taken instead. */
  readonly taken: number;
}

/**
 * The units that each class keeps at threshold tau: those with f_{c,l,u} >= tau, where f is the share of the class's samples
 * for which the unit is active. (arXiv 2411.01074, structured decomposition.)
 *
 * Floor: a class with fewer than max(1, floor(0.005 units)) of them in a layer takes instead its k most frequent units there
 * (of equally frequent ones the lowest), k being the most units that any class keeps in that layer, and at least the floor.
 *
 * @param tau 0..1
 * @throws ModaError USAGE where tau is not in 0..1, CLASS_UNKNOWN where a class has no samples
 */
export function masksAt(rates: ActivationRates, tau: number): Masks {
  if (!(tau >= 0 && tau <= 1)) {
    throw new ModaError('USAGE', `The threshold tau is ${tau}; give a share from 0 to 1, e.g. 0.9.`, { tau });
  }
  const missing = rates.samples.indexOf(0);
  if (missing >= 0) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `Class ${missing} has no sample among those that activation rates were measured on; measure them on data with every class.`,
      { class: missing },
    );
  }
  const floorHits: FloorHit[] = [];
  const byLayer = rates.layers.map((layer) => keptByClass(layer, rates.samples, tau, floorHits));
  return {
    tau,
    layers: rates.layers.map(({ name, units }) => ({ name, units })),
    kept: Array.from(rates.samples, (_, label) => byLayer.map((classes) => classes[label] ?? [])),
    floorHits,
  };
}

function keptByClass(
  layer: LayerCounts,
  samples: Uint32Array,
  tau: number,
  floorHits: FloorHit[],
): number[][] {
  const floor = Math.max(1, Math.floor(layer.units / FLOOR_SHARE_DENOMINATOR));
  const reached = Array.from(samples, (total, label) => {
    const counts = countsOf(layer, label);
    const least = leastCount(total, tau);
    const units: number[] = [];
    for (let unit = 0; unit < layer.units; unit++) {
      if ((counts[unit] ?? 0) >= least) units.push(unit);
    }
    return units;
  });
  const most = Math.max(floor, ...reached.map((units) => units.length));
  return reached.map((units, label) => {
    if (units.length >= floor) return units;
    const taken = mostFrequent(layer, label, most);
    floorHits.push({ class: label, layer: layer.name, reached: units.length, taken: taken.length });
    return taken;
  });
}

/** The smallest count that is a share of at least tau: found once, so that no unit needs a division. */
function leastCount(total: number, tau: number): number {
  let least = Math.ceil(tau * total);
  // The product is rounded, and so is the share; what counts is the share.
  while (least > 0 && (least - 1) / total >= tau) least--;
  while (least / total < tau) least++;
  return least;
}

function mostFrequent(layer: LayerCounts, label: number, count: number): number[] {
  const counts = countsOf(layer, label);
  return unitsOf(layer)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}

function countsOf({ units, counts }: LayerCounts, label: number): Uint32Array {
  return counts.subarray(label * units, (label + 1) * units);
}

function unitsOf({ units }: LayerCounts): number[] {
  return Array.from({ length: units }, (_, unit) => unit);
}
