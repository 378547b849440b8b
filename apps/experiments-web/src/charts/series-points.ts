/** One value of a metric. */
export interface MetricValueAt {
  readonly step: number;
  /** Null where it is not finite. */
  readonly value: number | null;
}

/** Stored points with those that were heard since, by step, each step once: what was heard last counts. */
export function mergePoints(
  stored: readonly MetricValueAt[],
  heard: readonly MetricValueAt[],
): readonly MetricValueAt[] {
  if (heard.length === 0) return stored;
  const byStep = new Map(stored.map((point) => [point.step, point]));
  for (const point of heard) byStep.set(point.step, point);
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}

/**
 * At most `most` points that look the same when drawn: of every stretch the lowest and the highest, and the first and the last of all.
 *
 * @param points by step
 */
export function thinPoints(points: readonly MetricValueAt[], most: number): readonly MetricValueAt[] {
  if (points.length <= most || most < 4) return points;
  const inner = points.slice(1, -1);
  const stretches = Math.floor((most - 2) / 2);
  const kept = Array.from({ length: stretches }, (_, index) => {
    const from = Math.floor((index * inner.length) / stretches);
    const to = Math.floor(((index + 1) * inner.length) / stretches);
    return lowestAndHighest(inner.slice(from, to));
  });
  return [points[0]!, ...kept.flat(), points.at(-1)!];
}

/** A stretch without any value is a gap, which one point tells. */
function lowestAndHighest(points: readonly MetricValueAt[]): readonly MetricValueAt[] {
  let low = points[0];
  let high = low;
  for (const point of points) {
    if (point.value === null) continue;
    if (low?.value == null || point.value < low.value) low = point;
    if (high?.value == null || point.value > high.value) high = point;
  }
  if (low === undefined || high === undefined) return [];
  if (low === high) return [low];
  return low.step < high.step ? [low, high] : [high, low];
}
