import { scalePoint } from 'd3-scale';
import { line } from 'd3-shape';
import { type ParallelScale, parallelScale, type ParallelValue } from './parallel-scale.js';

/** Where a line meets an axis. */
export interface ParallelPoint {
  readonly x: number;
  /** Null where the line has no value: it is broken there. */
  readonly y: number | null;
}

export interface PlacedLine {
  readonly id: string;
  /** One an axis, from left to right. */
  readonly points: readonly ParallelPoint[];
}

export interface PlacedAxis {
  /** Pixels from the left. */
  readonly x: number;
  readonly scale: ParallelScale;
}

interface AxesToPlace {
  /** Of each axis, from left to right, what each line has on it. */
  readonly axes: readonly { readonly values: readonly ParallelValue[] }[];
  /** Pixels of the first and of the last axis; an axis alone stands in the middle. */
  readonly across: readonly [number, number];
  /** Pixels of the lower and of the upper end of every axis. */
  readonly up: readonly [number, number];
  /** About as many ticks on an axis of numbers. */
  readonly ticks: number;
}

/** The axes at equal distances. */
export function placeAxes({ axes, across, up, ticks }: AxesToPlace): readonly PlacedAxis[] {
  const places = scalePoint([...axes.keys()], across);
  return axes.map(({ values }, place) => ({
    x: places(place) ?? across[0],
    scale: parallelScale(values, up, ticks),
  }));
}

/** Where the line with these values, one an axis, meets them. */
export function placeLine(
  id: string,
  values: readonly ParallelValue[],
  axes: readonly PlacedAxis[],
): PlacedLine {
  return {
    id,
    points: axes.map(({ x, scale }, place) => ({ x, y: scale.place(values[place] ?? null) ?? null })),
  };
}

/** The path of a line, broken at each axis on which it has no value. */
export function parallelPath({ points }: PlacedLine): string {
  const path = line<ParallelPoint>()
    .defined(({ y }) => y !== null)
    .x(({ x }) => x)
    .y(({ y }) => y!)
    .digits(1);
  return path([...points]) ?? '';
}

/** The line that passes nearest to a place, if one passes within reach (all in pixels). */
export function nearestLine(
  lines: readonly PlacedLine[],
  x: number,
  y: number,
  reach: number,
): PlacedLine | undefined {
  let [nearest, least]: [PlacedLine | undefined, number] = [undefined, reach];
  for (const one of lines) {
    const distance = distanceTo(one, x, y);
    if (distance <= least) [nearest, least] = [one, distance];
  }
  return nearest;
}

function distanceTo({ points }: PlacedLine, x: number, y: number): number {
  let least = Infinity;
  points.forEach((to, place) => {
    if (to.y === null) return;
    const from = points[place - 1];
    // What stands alone between two gaps is a point, a way from it to itself.
    const start = from?.y == null ? { x: to.x, y: to.y } : { x: from.x, y: from.y };
    least = Math.min(least, distanceToWay(start, { x: to.x, y: to.y }, x, y));
  });
  return least;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

function distanceToWay(from: Spot, to: Spot, x: number, y: number): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(from.x + share * dx - x, from.y + share * dy - y);
}
