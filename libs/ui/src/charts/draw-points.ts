import { dot, line, plot, text } from '@observablehq/plot';
import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel, extent, marginFor, tickText } from './axis-text.js';
import type { XAxis, YAxis } from './chart-props.js';
import { asDrawn, type DrawnPlot } from './draw-lines.js';
import type { ScatterPoint } from './scatter-chart.js';
import { valueScale } from './value-scale.js';

interface PointsToDraw {
  readonly points: readonly ScatterPoint[];
  readonly front: readonly string[] | undefined;
  readonly current: string | undefined;
  readonly x: XAxis;
  readonly y: YAxis;
  readonly width: number;
  readonly height: number;
}

/** Draws points with Plot: rings, diamonds for those that stand out, and a large filled circle for the current one. */
export function drawPoints({ points, front = [], current, x, y, width, height }: PointsToDraw): DrawnPlot {
  const format = y.format ?? formatNumber;
  const values = extent(points.map((point) => point.y));
  const byId = new Map(points.map((point) => [point.id, point]));
  const onFront = front.flatMap((id) => byId.get(id) ?? []);
  const chosen = points.filter(({ id }) => id === current);
  const place = { x: 'x', y: 'y' } as const;
  return asDrawn(
    plot({
      className: 'm-plot',
      width,
      height,
      marginLeft: marginFor(
        (y.domain ?? values ?? [0, 1]).map((value) => format(Number(value.toPrecision(2)))),
      ),
      marginRight: 20,
      marginTop: 24,
      marginBottom: 36,
      x: {
        label: axisLabel(x),
        labelAnchor: 'right',
        labelArrow: 'none',
        type: x.log ? 'log' : 'linear',
        tickFormat: tickText(x.format ?? formatNumber),
        ticks: Math.max(3, Math.min(10, Math.floor(width / 90))),
        zero: x.zero,
        nice: true,
        domain: points.length > 0 ? undefined : [0, 1],
      },
      y: valueScale(y, { format, height, isEmpty: values === undefined }),
      marks: [
        line(onFront, { ...place, stroke: 'var(--series-2)', strokeWidth: 1.5, strokeDasharray: '6 3' }),
        dot(
          points.filter(({ emphasis }) => !emphasis),
          { ...place, r: 3.5, stroke: 'var(--series-1)', fill: 'var(--surface)', strokeWidth: 1.5 },
        ),
        dot(
          points.filter(({ emphasis }) => emphasis),
          { ...place, r: 5, symbol: 'diamond', fill: 'var(--series-2)', stroke: 'var(--surface)' },
        ),
        dot(chosen, { ...place, r: 7, fill: 'var(--accent)', stroke: 'var(--surface)', strokeWidth: 2 }),
        text(chosen, {
          ...place,
          text: 'label',
          dy: -15,
          fontWeight: 600,
          fill: 'var(--ink)',
          stroke: 'var(--surface)',
          strokeWidth: 4,
        }),
      ],
    }),
  );
}
