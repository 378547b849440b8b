'use client';
import { formatShare } from '@moda/ui';
import type { SizeAt } from '../model/modules-at';
import type { MeasuredAt } from '../model/sweep-rows';
import { LineChart } from './lazy-charts';

export interface SizeCurveProps {
  readonly sizes: readonly SizeAt[];
  /** Thresholds at which accuracy was measured. */
  readonly measured: readonly MeasuredAt[];
  readonly tau: number;
}

/** Size, multiply-adds and overlap of modules over the whole range of the threshold. */
export function SizeCurve({ sizes, measured, tau }: SizeCurveProps) {
  const line = (id: string, label: string, y: (size: SizeAt) => number) => ({
    id,
    label,
    points: sizes.map((size) => ({ x: size.tau, y: y(size) })),
  });
  const accuracy = {
    id: 'accuracy',
    label: 'Reuse accuracy, measured',
    points: measured.map((row) => ({ x: row.tau, y: row.accuracy })),
  };
  return (
    <LineChart
      title={measured.length > 0 ? 'Size and accuracy by threshold' : 'Size of modules by threshold'}
      level={3}
      x={{ label: 'Threshold tau' }}
      y={{
        label: 'Share of the whole model, of right answers',
        format: (value) => formatShare(value, 0),
        zero: true,
      }}
      series={[
        line('share', 'Parameters, mean of modules', ({ meanShare }) => meanShare),
        line('flops', 'Multiply-adds, mean of modules', ({ meanFlopsShare }) => meanFlopsShare),
        line('overlap', 'Overlap, mean of pairs', ({ meanOverlap }) => meanOverlap),
        ...(measured.length > 0 ? [accuracy] : []),
      ]}
      markers={[{ x: tau, label: `tau ${tau.toFixed(2)}` }]}
    />
  );
}
