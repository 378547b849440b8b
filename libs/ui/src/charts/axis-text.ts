import type { XAxis } from './chart-props.js';

/** What stands at an axis: `size (kB)`. */
export function axisLabel({ label, unit }: XAxis): string {
  return unit ? `${label} (${unit})` : label;
}

/** Room for the numbers beside an axis, in pixels, by their longest text. */
export function marginFor(texts: readonly string[]): number {
  const pixelsPerLetter = 6.6;
  const longest = Math.max(0, ...texts.map((text) => text.length));
  return Math.round(Math.min(180, Math.max(36, longest * pixelsPerLetter + 16)));
}

/** The lowest and highest of what is there; undefined where nothing is. */
export function extent(values: Iterable<number | null | undefined>): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value == null || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
