'use client';
import { Skeleton } from '@moda/ui';
import dynamic from 'next/dynamic';

/** Height of a curve as it is drawn (px). */
export const curveHeight = 240;

/** What stands around a chart: its title above, its buttons below (px). */
const frameHeight = 92;

function Waiting() {
  return <Skeleton height={curveHeight + frameHeight} />;
}

/** Charts come when a page shows one: they weigh more than all the rest of a page. */
export const LineChart = dynamic(async () => (await import('@moda/ui/charts')).LineChart, {
  ssr: false,
  loading: Waiting,
});

export const HeatMap = dynamic(async () => (await import('@moda/ui/charts')).HeatMap, {
  ssr: false,
  loading: Waiting,
});
