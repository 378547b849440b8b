export { IntervalBar, type IntervalBarProps } from '../feedback/interval-bar.js';
export { Sparkline, type SparklineProps } from '../feedback/sparkline.js';
export { type Bar, BarChart, type BarChartProps } from './bar-chart.js';
export type { ChartFrameProps, XAxis, YAxis } from './chart-props.js';
export { HeatMap, type HeatMapProps, type HeatScale } from './heat-map.js';
export {
  LineChart,
  type LineChartProps,
  type LineMarker,
  type LinePoint,
  type LineSeries,
} from './line-chart.js';
export {
  type ParallelAxis,
  ParallelChart,
  type ParallelChartProps,
  type ParallelLine,
} from './parallel-chart.js';
export { ScatterChart, type ScatterChartProps, type ScatterPoint } from './scatter-chart.js';
export { UnitMap, type UnitMapLayer, type UnitMapProps, type UnitMapUnit } from './unit-map.js';
