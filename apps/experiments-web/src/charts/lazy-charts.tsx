'use client';
import { Skeleton } from '@moda/ui';
import type { HeatMapProps, LineChartProps, ParallelChartProps } from '@moda/ui/charts';
import { prepareCharts, useCharts } from './charts-module';

export { prepareCharts };

/** Height of a curve as it is drawn (px). */
export const curveHeight = 240;

/** What stands around a chart: its title above, its buttons below (px). */
const around = 92;

/** A curve with what stands around it (px). */
export const chartHeight = curveHeight + around;

// Charts come when a page shows one: they weigh more than all the rest of a page.

export function LineChart(props: LineChartProps) {
  const charts = useCharts();
  return charts ? <charts.LineChart {...props} /> : <Skeleton height={chartHeight} />;
}

export function HeatMap(props: HeatMapProps) {
  const charts = useCharts();
  return charts ? <charts.HeatMap {...props} /> : <Skeleton height={chartHeight} />;
}

export function ParallelChart(props: ParallelChartProps & { readonly height: number }) {
  const charts = useCharts();
  return charts ? <charts.ParallelChart {...props} /> : <Skeleton height={props.height + around} />;
}
