'use client';
import { formatAccuracy, formatShare } from '@moda/ui';
import { paretoFront } from '../model/pareto-front';
import { type MeasuredAt, nearestTau } from '../model/sweep-rows';
import { ScatterChart } from './lazy-charts';

export interface AccuracyBySizeProps {
  readonly rows: readonly MeasuredAt[];
  readonly devices: readonly string[];
  readonly tau: number;
  readonly onTau: (tau: number) => void;
}

/** Every measured threshold by what its modules cost and what composed networks get right; the line joins those that nothing beats. */
export function AccuracyBySize({ rows, devices, tau, onTau }: AccuracyBySizeProps) {
  const current = nearestTau(rows, tau);
  const points = rows.map((row) => ({
    id: String(row.tau),
    label: `tau ${row.tau}`,
    x: row.meanShare,
    y: row.accuracy,
    emphasis: row.tau === tau,
  }));
  return (
    <div className="m-stack">
      <ScatterChart
        title="Accuracy against size of modules"
        level={3}
        x={{
          label: 'Mean module size',
          unit: 'of the model',
          format: (value) => formatShare(value, 0),
          zero: true,
        }}
        y={{ label: 'Reuse accuracy', format: formatAccuracy }}
        points={points}
        front={paretoFront(points.map(({ id, x, y }) => ({ id, price: x, gain: y })))}
        {...(current !== undefined && { current: String(current) })}
        onSelect={(id) => onTau(Number(id))}
      />
      <p className="m-muted">
        Reuse accuracy: mean over sub-tasks of composed networks on the test images of their classes
        {devices.length > 0 && `, measured on ${devices.join('; ')}`}.
        {current !== undefined &&
          ` Nearest to your threshold: ${formatAccuracy(rows.find((row) => row.tau === current)?.accuracy)} at tau ${current}.`}
      </p>
    </div>
  );
}
