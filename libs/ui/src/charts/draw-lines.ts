import { areaY, line, plot, ruleX, text } from '@observablehq/plot';
import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel, extent, marginFor, tickText } from './axis-text.js';
import type { XAxis, YAxis } from './chart-props.js';
import type { LineMarker, LinePoint, LineSeries } from './line-chart.js';
import { thin } from './series-points.js';
import { valueScale } from './value-scale.js';

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

export interface DrawnPlot {
  readonly svg: SVGSVGElement;
  /** Pixels from the left edge of what stands at `x`. */
  readonly placeX: (x: number) => number | undefined;
  readonly readX: (pixels: number) => number | undefined;
  readonly placeY: (y: number) => number | undefined;
}

/** Beyond this many curves what was measured is not drawn pale behind what was smoothed: it would be fog. */
const mostWithBackground = 4;

/** Draws the lines with Plot. */
export function drawLines({ series, x, y, width, height, markers = [], smoothed }: LinesToDraw): DrawnPlot {
  const format = y.format ?? formatNumber;
  const values = extent(series.flatMap(({ points }) => points.map((point) => point.y)));
  const fewer = (points: readonly LinePoint[]) => thin(points, width);
  const band = (points: readonly LinePoint[]) => points.filter(({ lower }) => lower !== undefined);
  const positive = (points: readonly LinePoint[]) =>
    y.log ? points.map((point) => ((point.y ?? 0) > 0 ? point : { ...point, y: null })) : points;
  return asDrawn(
    plot({
      className: 'm-plot',
      width,
      height,
      marginLeft: marginFor((y.domain ?? values ?? [0, 1]).map((value) => format(niceEnd(value)))),
      marginRight: 12,
      marginTop: 24,
      marginBottom: 36,
      x: {
        label: axisLabel(x),
        labelAnchor: 'right',
        labelArrow: 'none',
        type: x.log ? 'log' : 'linear',
        tickFormat: tickText(x.format ?? formatNumber),
        ticks: Math.max(3, Math.min(12, Math.floor(width / 80))),
        zero: x.zero,
        // Without a point there is no extent: an axis all the same.
        domain: series.some(({ points }) => points.length > 0) ? undefined : [0, 1],
      },
      y: valueScale(y, { format, height, isEmpty: values === undefined }),
      marks: [
        ruleX(markers, { x: 'x', stroke: 'var(--line-strong)', strokeDasharray: '3 3' }),
        text(markers, { x: 'x', text: 'label', frameAnchor: 'top', textAnchor: 'start', dx: 4, dy: 2 }),
        ...series.map(({ points, colour }) =>
          areaY(fewer(band(points)), { x: 'x', y1: 'lower', y2: 'upper', fill: colour, fillOpacity: 0.16 }),
        ),
        ...(smoothed && series.length <= mostWithBackground
          ? series.map(({ points, colour }) =>
              line(fewer(positive(points)), {
                x: 'x',
                y: 'y',
                stroke: colour,
                strokeOpacity: 0.3,
                strokeWidth: 1,
              }),
            )
          : []),
        ...series.map(({ smoothed: shown, colour, dash }) =>
          line(fewer(positive(shown)), {
            x: 'x',
            y: 'y',
            stroke: colour,
            strokeDasharray: dash,
            strokeWidth: 1.75,
            // A single measurement has no line: a dot shows it.
            marker: shown.length === 1 ? 'dot' : undefined,
          }),
        ),
      ],
    }),
  );
}

/** What Plot gives where there is one drawing and no legend of its own is an SVG. */
export function asDrawn(drawing: ReturnType<typeof plot>): DrawnPlot {
  // Names of groups without a role: the whole has a name already.
  for (const named of drawing.querySelectorAll('[aria-label]')) named.removeAttribute('aria-label');
  const [across, up] = [drawing.scale('x'), drawing.scale('y')];
  return {
    svg: drawing as unknown as SVGSVGElement,
    placeX: (value) => asNumber(across?.apply(value)),
    readX: (pixels) => asNumber(across?.invert?.(pixels)),
    placeY: (value) => asNumber(up?.apply(value)),
  };
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** About as many digits as a tick beside this value has. */
function niceEnd(value: number): number {
  return Number(value.toPrecision(2));
}
