'use client';
import { formatNumber, formatShare } from '@moda/ui';
import { memo, useMemo } from 'react';
import { curveHeight, LineChart } from '../charts/lazy-charts';
import { metricTitle } from '../charts/metric-groups';
import type { RunRowFragment } from '../graphql/generated/operations';
import type { ComparedSeries } from './load-series';

interface ComparedChartProps {
  readonly name: string;
  readonly runs: readonly RunRowFragment[];
  readonly labels: readonly string[];
  readonly hidden: readonly string[];
  readonly series: ComparedSeries;
  readonly smooth: number;
  readonly log: boolean;
}

const x = { label: 'step' };
const share = (value: number): string => formatShare(value);

/** One metric of all runs. Twenty curves are not drawn again because another chart has got its own. */
export const ComparedChart = memo(function ComparedChart(props: ComparedChartProps) {
  const { name, runs, labels, hidden, series, smooth, log } = props;
  const y = useMemo(
    () => ({ label: metricTitle(name).toLowerCase(), log, format: isShare(name) ? share : formatNumber }),
    [name, log],
  );
  const curves = useMemo(() => {
    const byRun = new Map(series.flatMap((own) => (own.name === name ? [[own.runId, own.points]] : [])));
    return runs.map(({ id }, index) => ({
      id,
      label: labels[index] ?? id,
      // A curve that is switched off keeps its place, so that the others keep their colours.
      points: (hidden.includes(id) ? [] : (byRun.get(id) ?? [])).map(({ step, value }) => ({
        x: step,
        y: value,
      })),
    }));
  }, [name, runs, labels, hidden, series]);
  return (
    <LineChart
      level={3}
      title={metricTitle(name)}
      height={curveHeight}
      smoothing={smooth}
      x={x}
      y={y}
      series={curves}
    />
  );
});

function isShare(name: string): boolean {
  return name.toLowerCase().includes('accuracy') || name.startsWith('module');
}
