import { ModaError } from '@moda/contracts';

import type { Masks } from '../decompose/masks.js';

/**
 * Per tracked layer, the units that any of the classes keeps; ascending.
 *
 * @throws ModaError CLASS_UNKNOWN where there is no such class
 */
export function unionMasks(masks: Masks, classes: readonly number[]): number[][] {
  const modules = classes.map((label) => {
    const kept = masks.kept[label];
    if (kept) return kept;
    throw new ModaError(
      'CLASS_UNKNOWN',
      `There is no class ${label}; the model has classes 0 to ${masks.kept.length - 1}.`,
      { class: label },
    );
  });
  return masks.layers.map((_, layer) => {
    const units = new Set(modules.flatMap((kept) => kept[layer] ?? []));
    return [...units].sort((a, b) => a - b);
  });
}
