'use client';

import { useMemo } from 'react';
import { axisLabel } from './axis-text.js';
import { ChartFrame } from './chart-frame.js';
import type { ChartFrameProps, XAxis } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { barsHeight, drawBars } from './draw-bars.js';
import { PlotHolder } from './plot-holder.js';
import { svgFile } from './svg-file.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly tone?: 'neutral' | 'good' | 'warn' | 'bad';
}

export interface BarChartProps extends ChartFrameProps {
  readonly x: XAxis;
  readonly bars: readonly Bar[];
  readonly format: (value: number) => string;
}

/** Lying bars from zero, with their numbers and, where there are some, their intervals. */
export function BarChart({ title, x, bars, format, description, level, className }: BarChartProps) {
  const [holder, width] = useWidth<HTMLDivElement>();
  const height = barsHeight(bars.length);
  const intervals = bars.some(({ lower }) => lower !== undefined);
  const drawn = useMemo(
    () => (width > 0 ? drawBars({ bars, x, format, width }) : null),
    [bars, x, format, width],
  );
  const largest = bars.reduce<Bar | undefined>(
    (best, bar) => (best && best.value >= bar.value ? best : bar),
    undefined,
  );
  const said = largest ? `, the largest is ${largest.label} with ${format(largest.value)}` : '';
  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => ({
        columns: [
          { name: 'Name' },
          { name: axisLabel(x), format },
          ...(intervals
            ? [
                { name: 'Lower', format },
                { name: 'Upper', format },
              ]
            : []),
        ],
        rows: bars.map(({ label, value, lower, upper }) => [
          label,
          value,
          ...(intervals ? [lower ?? null, upper ?? null] : []),
        ]),
      })}
      svg={() => drawn && svgFile(drawn.svg, title)}
    >
      <div ref={holder} className="m-chart__holder" style={{ height }}>
        <PlotHolder
          plot={drawn?.svg ?? null}
          label={description ?? `${title}: ${bars.length} bars of ${axisLabel(x)}${said}.`}
        />
      </div>
    </ChartFrame>
  );
}
