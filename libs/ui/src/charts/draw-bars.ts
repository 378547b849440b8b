import { extent, marginFor } from './axis-text.js';
import type { Bar } from './bar-chart.js';
import type { XAxis } from './chart-props.js';
import { bottomAxis } from './draw-axes.js';
import { type DrawnPlot, drawnPlot } from './drawn-plot.js';
import { type NumberScale, numberScale } from './number-scale.js';
import { pixels, shape } from './shape.js';

interface BarsToDraw {
  readonly bars: readonly Bar[];
  readonly x: XAxis;
  readonly format: (value: number) => string;
  readonly width: number;
}

const tones = {
  neutral: 'var(--series-1)',
  good: 'var(--good)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
} as const;

const rowHeight = 26;
const thickness = 18;
const top = 6;
const axisHeight = 38;

/** The height of a drawing of so many bars (px). */
export function barsHeight(bars: number): number {
  return top + bars * rowHeight + axisHeight;
}

/** Draws lying bars from zero, with their numbers and, where there are some, their intervals. */
export function drawBars({ bars, x, format, width }: BarsToDraw): DrawnPlot {
  const height = barsHeight(bars.length);
  const [low, high] = extent(bars.flatMap(({ value, lower, upper }) => [0, value, lower, upper])) ?? [0, 1];
  const margins = {
    top,
    right: marginFor(bars.map(({ value }) => format(value))),
    bottom: axisHeight,
    left: Math.min(width / 3, marginFor(bars.map(({ label }) => label))),
  };
  const across = numberScale({
    values: [],
    domain: low === high ? [0, 1] : [low, high],
    range: [margins.left, width - margins.right],
    ticks: Math.max(2, Math.floor(width / 130)),
  });
  const up = numberScale({
    values: [],
    domain: [0, Math.max(1, bars.length)],
    range: [top, top + bars.length * rowHeight],
    ticks: bars.length,
  });
  const zero = pixels(across.place(0) ?? 0);
  return drawnPlot({
    width,
    height,
    across,
    up,
    shapes: [
      bottomAxis({
        axis: { ...x, format: x.format ?? format },
        scale: across,
        width,
        height,
        margins,
        grid: true,
      }),
      ...bars.flatMap((bar, row) => barShapes(bar, across, top + (row + 0.5) * rowHeight, format)),
      ...bars.map(({ label }, row) =>
        shape(
          'text',
          { x: margins.left - 8, y: top + (row + 0.5) * rowHeight, dy: '0.32em', 'text-anchor': 'end' },
          label,
        ),
      ),
      shape('line', { x1: zero, x2: zero, y1: top, y2: height - axisHeight, stroke: 'var(--line-strong)' }),
    ],
  });
}

function barShapes(
  { value, lower, upper, tone = 'neutral' }: Bar,
  across: NumberScale,
  middle: number,
  format: (value: number) => string,
): readonly SVGElement[] {
  const at = (number: number) => across.place(number) ?? 0;
  const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
  return [
    shape('rect', {
      x: pixels(from),
      y: middle - thickness / 2,
      width: pixels(to - from),
      height: thickness,
      fill: tones[tone],
    }),
    ...(lower === undefined || upper === undefined
      ? []
      : [
          shape('line', {
            x1: pixels(at(lower)),
            x2: pixels(at(upper)),
            y1: middle,
            y2: middle,
            stroke: 'var(--ink)',
            'stroke-width': 1.5,
          }),
        ]),
    shape(
      'text',
      {
        x: pixels(at(Math.max(value, upper ?? value, 0))),
        y: middle,
        dx: 6,
        dy: '0.32em',
        fill: 'var(--ink)',
      },
      format(value),
    ),
  ];
}
