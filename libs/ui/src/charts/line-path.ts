import { area, line } from 'd3-shape';
import type { NumberScale } from './number-scale.js';

interface Scales {
  readonly across: NumberScale;
  readonly up: NumberScale;
}

interface PlacedPoint {
  readonly x: number;
  /** Null leaves a gap. */
  readonly y: number | null;
}

/** Digits behind the point of a pixel: a tenth of one is not seen. */
const digits = 1;

/** The path through these points, broken where a value is missing or has no place. A point alone between gaps is a dot, where line ends are round. */
export function linePath(points: readonly PlacedPoint[], { across, up }: Scales): string {
  const path = line<PlacedPoint>()
    .defined(({ x, y }) => y !== null && Number.isFinite(y) && hasPlace(across, x) && hasPlace(up, y))
    .x(({ x }) => across.place(x)!)
    .y(({ y }) => up.place(y!)!)
    .digits(digits);
  return path([...points]) ?? '';
}

interface BandPoint {
  readonly x: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** The outline of the band around a line. */
export function bandPath(points: readonly BandPoint[], { across, up }: Scales): string {
  const path = area<BandPoint>()
    .defined(({ x, lower, upper }) => hasPlace(across, x) && hasPlace(up, lower) && hasPlace(up, upper))
    .x(({ x }) => across.place(x)!)
    .y0(({ lower }) => up.place(lower!)!)
    .y1(({ upper }) => up.place(upper!)!)
    .digits(digits);
  return path([...points]) ?? '';
}

function hasPlace(scale: NumberScale, value: number | undefined): boolean {
  return value !== undefined && scale.place(value) !== undefined;
}
