import { ModaError } from '@moda/contracts';

import type { Masks } from '../decompose/masks.js';

/**
 * Per tracked layer, the units that any of the classes keeps; ascending.
 *
 * @throws ModaError CLASS_UNKNOWN where there is no such class
 */
export function unionMasks(masks: Masks, classes: readonly number[]): readonly (readonly number[])[] {
  const modules = classes.map((label) => {
    const kept = masks.kept[label];
    if (kept) return kept;
    throw new ModaError(
      'CLASS_UNKNOWN',
      `There is no class ${label}; the model has classes 0 to ${masks.kept.length - 1}.`,
      { class: label },
    );
  });
  const [only] = modules;
  if (only && modules.length === 1) return only;
  return masks.layers.map(({ units }, layer) => {
    const isKept = new Uint8Array(units);
    for (const kept of modules) {
      for (const unit of kept[layer] ?? []) isKept[unit] = 1;
    }
    const union: number[] = [];
    for (let unit = 0; unit < units; unit++) {
      if (isKept[unit] === 1) union.push(unit);
    }
    return union;
  });
}
