import { formatNumber } from '../quantity/format-quantity.js';
import { extent, marginFor } from './axis-text.js';
import type { XAxis, YAxis } from './chart-props.js';
import { bottomAxis, leftAxis } from './draw-axes.js';
import { type DrawnPlot, drawnPlot } from './drawn-plot.js';
import type { LineMarker, LinePoint, LineSeries } from './line-chart.js';
import { bandPath, linePath } from './line-path.js';
import { type NumberScale, numberScale } from './number-scale.js';
import { thin } from './series-points.js';
import { pixels, shape } from './shape.js';

export interface DrawnSeries extends LineSeries {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly smoothed: readonly LinePoint[];
}

interface LinesToDraw {
  readonly series: readonly DrawnSeries[];
  readonly x: XAxis;
  readonly y: YAxis;
  readonly width: number;
  readonly height: number;
  readonly markers: readonly LineMarker[] | undefined;
  readonly smoothed: boolean;
}

/** Beyond this many curves what was measured is not drawn pale behind what was smoothed: it would be fog. */
const mostWithBackground = 4;
const lineWidth = 1.75;

/** Draws lines over a common axis. */
export function drawLines({ series, x, y, width, height, markers = [], smoothed }: LinesToDraw): DrawnPlot {
  const format = y.format ?? formatNumber;
  const withBackground = smoothed && series.length <= mostWithBackground;
  const values = series.flatMap((one) => valuesOf(one, withBackground));
  const ends = y.domain ?? extent(values) ?? [0, 1];
  const margins = {
    top: 24,
    right: 12,
    bottom: 36,
    left: marginFor(ends.map((value) => format(niceEnd(value)))),
  };
  const across = numberScale({
    ...x,
    values: [
      ...series.flatMap(({ points }) => points.map((point) => point.x)),
      ...markers.map((marker) => marker.x),
    ],
    range: [margins.left, width - margins.right],
    ticks: Math.max(3, Math.min(12, Math.floor(width / 80))),
  });
  const up = numberScale({
    ...y,
    values,
    range: [height - margins.bottom, margins.top],
    ticks: Math.max(3, Math.floor(height / 50)),
    nice: true,
  });
  const frame = { width, height, margins };
  return drawnPlot({
    ...frame,
    across,
    up,
    shapes: [
      leftAxis({ ...frame, axis: { ...y, format }, scale: up }),
      bottomAxis({ ...frame, axis: x, scale: across }),
      ...series.flatMap((one) => bandOf(one, { across, up, width })),
      ...(withBackground ? series.map((one) => paleLine(one, { across, up, width })) : []),
      ...series.map((one) => lineOf(one, { across, up, width })),
      ...markers.flatMap((marker) => upright(marker, across, margins.top, height - margins.bottom)),
    ],
  });
}

interface Place {
  readonly across: NumberScale;
  readonly up: NumberScale;
  readonly width: number;
}

function valuesOf(
  { points, smoothed }: DrawnSeries,
  withMeasured: boolean,
): readonly (number | null | undefined)[] {
  // What was smoothed never leaves what was measured.
  const drawn = withMeasured ? points : smoothed;
  return [
    ...drawn.map(({ y }) => y),
    ...points.flatMap(({ lower, upper }) => (lower === undefined ? [] : [lower, upper])),
  ];
}

function lineOf({ smoothed, colour, dash }: DrawnSeries, { width, ...scales }: Place): SVGElement {
  const [first, second] = smoothed;
  // A single measurement has no line: a dot shows it.
  if (first?.y != null && second === undefined)
    return shape('circle', {
      cx: pixels(scales.across.place(first.x) ?? 0),
      cy: pixels(scales.up.place(first.y) ?? 0),
      r: 3,
      fill: colour,
      stroke: colour,
      'stroke-width': lineWidth,
    });
  return shape('path', {
    d: linePath(thin(smoothed, width), scales),
    fill: 'none',
    stroke: colour,
    'stroke-width': lineWidth,
    'stroke-dasharray': dash,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  });
}

function paleLine({ points, colour }: DrawnSeries, { width, ...scales }: Place): SVGElement {
  return shape('path', {
    d: linePath(thin(points, width), scales),
    fill: 'none',
    stroke: colour,
    'stroke-opacity': 0.3,
    'stroke-linejoin': 'round',
  });
}

function bandOf({ points, colour }: DrawnSeries, { width, ...scales }: Place): readonly SVGElement[] {
  const banded = points.filter(({ lower }) => lower !== undefined);
  if (banded.length === 0) return [];
  return [shape('path', { d: bandPath(thin(banded, width), scales), fill: colour, 'fill-opacity': 0.16 })];
}

/** A line over the whole height, its name above it on the side where there is more room. */
function upright(
  { x, label }: LineMarker,
  across: NumberScale,
  top: number,
  bottom: number,
): readonly SVGElement[] {
  const left = across.place(x);
  if (left === undefined) return [];
  const at = pixels(left);
  const isLate = x > (across.domain[0] + across.domain[1]) / 2;
  return [
    shape('line', {
      x1: at,
      x2: at,
      y1: top,
      y2: bottom,
      stroke: 'var(--line-strong)',
      'stroke-dasharray': '3 3',
    }),
    shape(
      'text',
      {
        x: at,
        y: top,
        dx: isLate ? -4 : 4,
        dy: 13,
        'text-anchor': isLate ? 'end' : 'start',
        stroke: 'var(--surface)',
        'stroke-width': 4,
        'paint-order': 'stroke',
      },
      label,
    ),
  ];
}

/** About as many digits as a tick beside this value has. */
function niceEnd(value: number): number {
  return Number(value.toPrecision(2));
}
