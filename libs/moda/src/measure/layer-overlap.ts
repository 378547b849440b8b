import type { Masks } from '../decompose/masks.js';
import { meanOf, pairMean, pairwise } from './pairwise.js';

/** One tracked layer, seen over the modules of all classes. */
export interface LayerAnalysis {
  readonly name: string;
  readonly units: number;
  /** Mean over modules of the share of the layer's units that a module keeps. */
  readonly meanKept: number;
  /** Mean over pairs of modules of the share of the layer's units that both keep. */
  readonly meanOverlap: number;
  /** Mean over pairs of modules of |both| / |either|. */
  readonly meanJaccard: number;
}

export function layerAnalyses(masks: Masks): LayerAnalysis[] {
  return masks.layers.map(({ name, units }, l) => {
    const sets = masks.kept.map((kept) => new Set(kept[l]));
    const both = pairwise(sets, (a, b) => [...a].filter((unit) => b.has(unit)).length);
    return {
      name,
      units,
      meanKept: meanOf(sets.map(({ size }) => size / units)),
      meanOverlap: pairMean(both) / units,
      meanJaccard: pairMean(
        both.map((row, i) => row.map((shared, j) => jaccard(shared, sets[i]?.size ?? 0, sets[j]?.size ?? 0))),
      ),
    };
  });
}

/** |both| / |either| from the sizes of the common part and of each side; 0..1. */
export function jaccard(both: number, a: number, b: number): number {
  return both / (a + b - both);
}
