/** As many charts stand side by side on a wide screen. */
const chartsPerRow = 3;

/** Metrics in the groups in which their curves are asked for: the row of charts that is seen first comes first. */
export function metricRows(metrics: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(metrics.length / chartsPerRow) }, (_, row) =>
    metrics.slice(row * chartsPerRow, (row + 1) * chartsPerRow),
  );
}
