'use client';
import { Skeleton } from '@moda/ui';
import type { HeatMapProps, LineChartProps, ScatterChartProps, UnitMapProps } from '@moda/ui/charts';
import dynamic from 'next/dynamic';

// Charts come after the page: their library is as heavy as the framework's half.

const Place = () => <Skeleton height={320} />;

export const LineChart = dynamic<LineChartProps>(
  () => import('@moda/ui/charts').then((charts) => charts.LineChart),
  { ssr: false, loading: Place },
);
export const ScatterChart = dynamic<ScatterChartProps>(
  () => import('@moda/ui/charts').then((charts) => charts.ScatterChart),
  { ssr: false, loading: Place },
);
export const HeatMap = dynamic<HeatMapProps>(
  () => import('@moda/ui/charts').then((charts) => charts.HeatMap),
  { ssr: false, loading: Place },
);
export const UnitMap = dynamic<UnitMapProps>(
  () => import('@moda/ui/charts').then((charts) => charts.UnitMap),
  { ssr: false, loading: Place },
);
