import type { HeatScale } from './heat-map.js';

/** Steps of a scale; as many colours are in the stylesheet. */
export const heatSteps = 9;

/** Which colours a scale uses. */
export function heatKind(scale: HeatScale): 'heat' | 'diverging' {
  return scale === 'diverging' ? 'diverging' : 'heat';
}

/** The ends of a scale over these values. */
export function heatDomain(
  values: readonly (readonly (number | null)[])[],
  scale: HeatScale,
): readonly [number, number] {
  if (scale === 'share') return [0, 1];
  let largest = 0;
  for (const value of values.flat()) if (value !== null) largest = Math.max(largest, Math.abs(value));
  const end = largest || 1;
  return scale === 'count' ? [0, end] : [-end, end];
}

/** The step of a value, 0 to 8; what lies outside takes the step at the end. */
export function heatStep(value: number, [low, high]: readonly [number, number]): number {
  const share = (value - low) / (high - low);
  return Math.min(heatSteps - 1, Math.max(0, Math.floor(share * heatSteps)));
}
