import { formatNumber } from '../quantity/format-quantity.js';
import { extent, marginFor } from './axis-text.js';
import type { XAxis, YAxis } from './chart-props.js';
import { bottomAxis, leftAxis } from './draw-axes.js';
import { type DrawnPlot, drawnPlot } from './drawn-plot.js';
import { linePath } from './line-path.js';
import { numberScale } from './number-scale.js';
import type { ScatterPoint } from './scatter-chart.js';
import { pixels, shape } from './shape.js';

interface PointsToDraw {
  readonly points: readonly ScatterPoint[];
  readonly front: readonly string[] | undefined;
  readonly current: string | undefined;
  readonly x: XAxis;
  readonly y: YAxis;
  readonly width: number;
  readonly height: number;
}

/** Draws points: rings, diamonds for those that stand out, and a large filled circle for the current one. */
export function drawPoints({ points, front = [], current, x, y, width, height }: PointsToDraw): DrawnPlot {
  const format = y.format ?? formatNumber;
  const values = points.map((point) => point.y);
  const ends = y.domain ?? extent(values) ?? [0, 1];
  const margins = {
    top: 24,
    right: 20,
    bottom: 36,
    left: marginFor(ends.map((value) => format(Number(value.toPrecision(2))))),
  };
  const across = numberScale({
    ...x,
    values: points.map((point) => point.x),
    range: [margins.left, width - margins.right],
    ticks: Math.max(3, Math.min(10, Math.floor(width / 90))),
    nice: true,
  });
  const up = numberScale({
    ...y,
    values,
    range: [height - margins.bottom, margins.top],
    ticks: Math.max(3, Math.floor(height / 50)),
    nice: true,
  });
  const byId = new Map(points.map((point) => [point.id, point]));
  const chosen = points.find(({ id }) => id === current);
  const place: Place = (point) => {
    const [left, top] = [across.place(point.x), up.place(point.y)];
    return left === undefined || top === undefined ? undefined : [left, top];
  };
  const frame = { width, height, margins };
  return drawnPlot({
    ...frame,
    across,
    up,
    shapes: [
      leftAxis({ ...frame, axis: { ...y, format }, scale: up }),
      bottomAxis({ ...frame, axis: x, scale: across }),
      shape('path', {
        d: linePath(
          front.flatMap((id) => byId.get(id) ?? []),
          { across, up },
        ),
        fill: 'none',
        stroke: 'var(--series-2)',
        'stroke-width': 1.5,
        'stroke-dasharray': '6 3',
      }),
      ...points.filter(({ emphasis }) => !emphasis).flatMap((point) => ring(place(point))),
      ...points.filter(({ emphasis }) => emphasis).flatMap((point) => diamond(place(point))),
      ...(chosen ? spot(place(chosen), chosen.label) : []),
    ],
  });
}

type Spot = readonly [number, number] | undefined;
type Place = (point: ScatterPoint) => Spot;

function ring(at: Spot): readonly SVGElement[] {
  if (at === undefined) return [];
  const [cx, cy] = at.map(pixels);
  return [
    shape('circle', {
      cx,
      cy,
      r: 3.5,
      fill: 'var(--surface)',
      stroke: 'var(--series-1)',
      'stroke-width': 1.5,
    }),
  ];
}

function diamond(at: Spot): readonly SVGElement[] {
  if (at === undefined) return [];
  const [left, top] = at.map(pixels);
  return [
    shape('path', {
      d: `M${left},${top}m0,-7l4.5,7l-4.5,7l-4.5,-7Z`,
      fill: 'var(--series-2)',
      stroke: 'var(--surface)',
    }),
  ];
}

/** The current point and its name above it, readable upon whatever is there. */
function spot(at: Spot, label: string): readonly SVGElement[] {
  if (at === undefined) return [];
  const [cx, cy] = at.map(pixels);
  return [
    shape('circle', { cx, cy, r: 7, fill: 'var(--accent)', stroke: 'var(--surface)', 'stroke-width': 2 }),
    shape(
      'text',
      {
        x: cx,
        y: cy,
        dy: -12,
        'text-anchor': 'middle',
        'font-weight': 600,
        fill: 'var(--ink)',
        stroke: 'var(--surface)',
        'stroke-width': 4,
        'paint-order': 'stroke',
      },
      label,
    ),
  ];
}
