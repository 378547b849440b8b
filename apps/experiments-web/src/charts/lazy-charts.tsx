'use client';
import { Skeleton } from '@moda/ui';
import type { HeatMapProps, LineChartProps } from '@moda/ui/charts';
import { prepareCharts, useCharts } from './charts-module';

export { prepareCharts };

/** Height of a curve as it is drawn (px). */
export const curveHeight = 240;

/** The same with what stands around it: its title above, its buttons below (px). */
export const chartHeight = curveHeight + 92;

// Charts come when a page shows one: they weigh more than all the rest of a page.

export function LineChart(props: LineChartProps) {
  const charts = useCharts();
  return charts ? <charts.LineChart {...props} /> : <Skeleton height={chartHeight} />;
}

export function HeatMap(props: HeatMapProps) {
  const charts = useCharts();
  return charts ? <charts.HeatMap {...props} /> : <Skeleton height={chartHeight} />;
}
