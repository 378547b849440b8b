import type { LinePoint } from './line-chart.js';

/**
 * The exponential mean of a series, freed of its start-up bias: the first point is the first measurement. Gaps stay gaps.
 * @param weight Of the past, in [0, 1).
 */
export function smooth(points: readonly LinePoint[], weight: number): readonly LinePoint[] {
  if (weight <= 0) return points;
  const kept = Math.min(weight, 0.999);
  let mean = 0;
  let mass = 0;
  return points.map(({ x, y }) => {
    if (y === null || !Number.isFinite(y)) return { x, y: null };
    mean = kept * mean + (1 - kept) * y;
    mass = kept * mass + (1 - kept);
    return { x, y: mean / mass };
  });
}

/**
 * Fewer points for the same picture: of each stretch the lowest and the highest are kept, and the ends, and one of each gap.
 * @param most How many stretches there may be; about one per pixel.
 */
export function thin(points: readonly LinePoint[], most: number): readonly LinePoint[] {
  if (points.length <= 4 * most) return points;
  const stride = Math.ceil(points.length / most);
  const kept: LinePoint[] = [];
  for (let start = 0; start < points.length; start += stride) {
    kept.push(...extremes(points.slice(start, start + stride)));
  }
  return kept;
}

/** First, lowest, highest, last and the first gap of a stretch, in their order. */
function extremes(stretch: readonly LinePoint[]): readonly LinePoint[] {
  let low = -1;
  let high = -1;
  stretch.forEach(({ y }, place) => {
    if (y === null) return;
    if (low < 0 || y < (stretch[low]?.y ?? y)) low = place;
    if (high < 0 || y > (stretch[high]?.y ?? y)) high = place;
  });
  const gap = stretch.findIndex(({ y }) => y === null);
  const places = [...new Set([0, low, high, gap, stretch.length - 1])].filter((place) => place >= 0);
  return places.sort((a, b) => a - b).flatMap((place) => stretch[place] ?? []);
}

/** The place of the point nearest to `x` in a series that is sorted by x; -1 of an empty one. */
export function nearestPlace(points: readonly LinePoint[], x: number): number {
  let low = 0;
  let high = points.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = points[low - 1];
  const here = points[low];
  return before && here && x - before.x <= here.x - x ? low - 1 : low;
}
