/** As many points of one metric come for all runs together: 20 runs with 8 metrics are 24,000 points, which come and are drawn within a second. */
const pointsPerMetric = 3_000;
const most = 500;

/** How many points of each curve are asked for, so that many runs are drawn as quickly as few. */
export function pointsPerCurve(runs: number): number {
  return Math.min(most, Math.floor(pointsPerMetric / Math.max(1, runs)));
}
