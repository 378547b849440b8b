'use client';

import { barX, plot, ruleX, ruleY, text } from '@observablehq/plot';
import { useMemo } from 'react';
import { axisLabel, extent, marginFor, tickText } from './axis-text.js';
import { ChartFrame } from './chart-frame.js';
import type { ChartFrameProps, XAxis } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { asDrawn } from './draw-lines.js';
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

const tones = {
  neutral: 'var(--series-1)',
  good: 'var(--good)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
} as const;
const barHeight = 26;
const axisHeight = 44;

/** Lying bars from zero, with their numbers and, where there are some, their intervals. */
export function BarChart({ title, x, bars, format, description, level, className }: BarChartProps) {
  const [holder, width] = useWidth<HTMLDivElement>();
  const height = bars.length * barHeight + axisHeight;
  const intervals = bars.some(({ lower }) => lower !== undefined);
  const drawn = useMemo(
    () => (width > 0 ? drawBars(bars, x, format, width, height) : null),
    [bars, x, format, width, height],
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

function drawBars(
  bars: readonly Bar[],
  x: XAxis,
  format: (value: number) => string,
  width: number,
  height: number,
) {
  const ends = extent(bars.flatMap(({ value, lower, upper }) => [0, value, lower, upper])) ?? [0, 1];
  const withInterval = bars.filter(({ lower, upper }) => lower !== undefined && upper !== undefined);
  return asDrawn(
    plot({
      className: 'm-plot',
      width,
      height,
      marginLeft: Math.min(width / 3, marginFor(bars.map(({ label }) => label))),
      marginRight: marginFor(bars.map(({ value }) => format(value))),
      marginTop: 6,
      marginBottom: axisHeight - 6,
      x: {
        label: axisLabel(x),
        labelAnchor: 'right',
        labelArrow: 'none',
        tickFormat: tickText(x.format ?? format),
        ticks: Math.max(2, Math.floor(width / 130)),
        grid: true,
        domain: ends[0] === ends[1] ? [0, 1] : [...ends],
      },
      y: { label: null, domain: bars.map(({ label }) => label), padding: 0.3, tickSize: 0 },
      marks: [
        barX(bars, { x: 'value', y: 'label', fill: ({ tone = 'neutral' }: Bar) => tones[tone] }),
        ruleY(withInterval, { x1: 'lower', x2: 'upper', y: 'label', stroke: 'var(--ink)', strokeWidth: 1.5 }),
        text(bars, {
          x: ({ value, upper }: Bar) => Math.max(value, upper ?? value, 0),
          y: 'label',
          text: ({ value }: Bar) => format(value),
          textAnchor: 'start',
          dx: 6,
          fill: 'var(--ink)',
        }),
        ruleX([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
  );
}
