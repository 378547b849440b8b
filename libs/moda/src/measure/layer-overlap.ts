import type { Masks } from '../decompose/masks.js';
import { meanOf } from './pairwise.js';
import { countInBoth, type UnitBits, unitBits } from './unit-bits.js';

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
    const sizes = masks.kept.map((kept) => kept[l]?.length ?? 0);
    const bits = masks.kept.map((kept) => unitBits(units, kept[l] ?? []));
    const { overlap, jaccard: either } = meansOverPairs(bits, sizes);
    return {
      name,
      units,
      meanKept: meanOf(sizes.map((size) => size / units)),
      meanOverlap: overlap / units,
      meanJaccard: either,
    };
  });
}

/** Of a hundred classes there are 4950 pairs in every layer: sums, and no matrix of them. */
function meansOverPairs(
  bits: readonly UnitBits[],
  sizes: readonly number[],
): { readonly overlap: number; readonly jaccard: number } {
  let [overlap, either, pairs] = [0, 0, 0];
  bits.forEach((a, i) => {
    for (const [j, b] of bits.slice(0, i).entries()) {
      const both = countInBoth(a, b);
      overlap += both;
      either += jaccard(both, sizes[i] ?? 0, sizes[j] ?? 0);
      pairs += 1;
    }
  });
  return pairs > 0 ? { overlap: overlap / pairs, jaccard: either / pairs } : { overlap: 0, jaccard: 0 };
}

/** |both| / |either| from the sizes of the common part and of each side; 0..1. */
export function jaccard(both: number, a: number, b: number): number {
  return both / (a + b - both);
}
