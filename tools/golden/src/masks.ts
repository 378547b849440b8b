import { unitInterval } from './formula-tensor.js';

/** The units of a mask in hexadecimal: unit 4 j + b is bit b (value 2^b) of digit j. Ascending. */
export function unitsOfHex(mask: string): number[] {
  return Array.from(mask).flatMap((digit, j) => {
    const bits = Number.parseInt(digit, 16);
    return [0, 1, 2, 3].filter((b) => ((bits >> b) & 1) === 1).map((b) => 4 * j + b);
  });
}

/** The counts of a layer, one decimal digit per unit. */
export function countsOfDigits(counts: string): number[] {
  return Array.from(counts, Number);
}

/** The artificial mask of a class in a tracked layer: unit u is kept iff u("mask:<class>:<layer>", u) < share; never empty. */
export function artificialMask(label: number, layer: number, units: number, share: number): number[] {
  const kept = Array.from({ length: units }, (_, unit) => unit).filter(
    (unit) => unitInterval(`mask:${label}:${layer}`, unit) < share,
  );
  return kept.length > 0 ? kept : [0];
}

/** Per layer the union of the masks of several classes, ascending. */
export function unionOfMasks(masks: readonly (readonly (readonly number[])[])[]): number[][] {
  const layers = masks[0]?.length ?? 0;
  return Array.from({ length: layers }, (_, layer) =>
    [...new Set(masks.flatMap((mask) => mask[layer] ?? []))].sort((a, b) => a - b),
  );
}
