import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel, marginFor } from './axis-text.js';
import type { ParallelAxis } from './parallel-chart.js';
import { parallelPath, placeAxes, type PlacedAxis, type PlacedLine, placeLine } from './parallel-lines.js';
import type { ParallelValue } from './parallel-scale.js';
import type { SeriesLook } from './series-look.js';
import { pixels, shape } from './shape.js';

export interface DrawnParallelLine extends SeriesLook {
  readonly id: string;
  /** One an axis. */
  readonly values: readonly ParallelValue[];
}

interface LinesToDraw {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly DrawnParallelLine[];
  /** Id of the line that stands out, with its values beside it. */
  readonly pointed: string | null;
  /** Room for the drawing, in pixels; many axes take more. */
  readonly width: number;
  readonly height: number;
}

export interface DrawnParallels {
  readonly svg: SVGSVGElement;
  /** Pixels: as wide as the room, or wider. */
  readonly width: number;
  readonly lines: readonly PlacedLine[];
}

/** Between two axes at least (pixels): the name of one has room. */
const leastGap = 108;
const pixelsPerLetter = 6.6;
/** Letters of a text beside an axis; the table has it whole. */
const mostLetters = 15;
const margins = { top: 34, bottom: 10, right: 56 };

/** Draws a line for each of them through upright axes side by side, broken where it has no value. */
export function drawParallel({ axes, lines, pointed, width, height }: LinesToDraw): DrawnParallels {
  const up = [height - margins.bottom, margins.top] as const;
  const ticks = Math.max(2, Math.floor((up[0] - up[1]) / 50));
  const left = leftMargin(axes, ticks);
  const whole = Math.max(width, left + margins.right + leastGap * (axes.length - 1));
  const placed = placeAxes({ axes, across: [left, whole - margins.right], up, ticks });
  const gap = placed.length > 1 ? placed[1]!.x - placed[0]!.x : whole - left;
  const ways = lines.map(({ id, values }) => placeLine(id, values, placed));
  const chosen = lines.findIndex(({ id }) => id === pointed);
  const drawn = lines.map((one, place) =>
    lineOf(one, ways[place]!, chosen === -1 ? 'plain' : chosen === place ? 'pointed' : 'faded'),
  );
  const svg = shape(
    'svg',
    { class: 'm-plot', width: whole, height, viewBox: `0 0 ${whole} ${height}`, fill: 'currentColor' },
    ...placed.map(({ x }) => rule(x, up)),
    ...drawn.filter((_, place) => place !== chosen),
    ...placed.flatMap((one, place) =>
      textsOf(axes[place]!, one, Math.min(gap, 2 * one.x, 2 * (whole - one.x))),
    ),
    ...(chosen === -1 ? [] : [drawn[chosen]!, ...valuesOf(axes, lines[chosen]!, ways[chosen]!)]),
  );
  return { svg, width: whole, lines: ways };
}

/** Room at the left for the texts of the first axis, and for its name above, half of which stands there. */
function leftMargin(axes: readonly ParallelAxis[], ticks: number): number {
  const [first] = axes;
  if (first === undefined) return 0;
  const [{ scale }] = placeAxes({ axes: [first], across: [0, 0], up: [1, 0], ticks }) as [PlacedAxis];
  const texts = scale.ticks.map(({ value }) => textOf(first, value));
  return Math.max(marginFor(texts), (shortened(axisLabel(first), 16).length * pixelsPerLetter) / 2 + 4);
}

function rule(x: number, [bottom, top]: readonly [number, number]): SVGElement {
  const at = pixels(x);
  return shape('line', {
    x1: at,
    x2: at,
    y1: top,
    y2: bottom,
    stroke: 'currentColor',
    'stroke-opacity': 0.5,
  });
}

/** The name of an axis above it and what it counts at its left, readable upon the lines. */
function textsOf(axis: ParallelAxis, { x, scale }: PlacedAxis, room: number): readonly SVGElement[] {
  const name = shortened(axisLabel(axis), Math.floor(room / pixelsPerLetter));
  return [
    shape(
      'text',
      { x: pixels(x), y: 14, 'text-anchor': 'middle', ...(axis.strong && { 'font-weight': 600 }) },
      name,
    ),
    ...scale.ticks.flatMap(({ value, at }) => [
      shape('line', {
        x1: pixels(x - 4),
        x2: pixels(x),
        y1: pixels(at),
        y2: pixels(at),
        stroke: 'currentColor',
        'stroke-opacity': 0.5,
      }),
      shape(
        'text',
        { ...halo, x: pixels(x - 7), y: pixels(at), dy: '0.32em', 'text-anchor': 'end' },
        textOf(axis, value),
      ),
    ]),
  ];
}

const halo = { stroke: 'var(--surface)', 'stroke-width': 4, 'paint-order': 'stroke' };

function lineOf(
  { colour, dash }: DrawnParallelLine,
  way: PlacedLine,
  look: 'plain' | 'pointed' | 'faded',
): SVGElement {
  return shape(
    'g',
    { 'data-line': way.id, opacity: look === 'faded' ? 0.25 : undefined },
    shape('path', {
      d: parallelPath(way),
      fill: 'none',
      stroke: colour,
      'stroke-width': look === 'pointed' ? 3 : 1.75,
      'stroke-dasharray': dash,
      'stroke-linejoin': 'round',
    }),
    ...way.points.flatMap(({ x, y }) =>
      y === null ? [] : [shape('circle', { cx: pixels(x), cy: pixels(y), r: 3, fill: colour })],
    ),
  );
}

/** What the line that stands out has on each axis, at the right of it; at the left of the last one, where there is no more room. */
function valuesOf(
  axes: readonly ParallelAxis[],
  { values }: DrawnParallelLine,
  { points }: PlacedLine,
): readonly SVGElement[] {
  return points.flatMap(({ x, y }, place) => {
    const value = values[place] ?? null;
    if (y === null || value === null) return [];
    const isLast = place === points.length - 1;
    return [
      shape(
        'text',
        {
          ...halo,
          x: pixels(isLast ? x - 7 : x + 7),
          y: pixels(y),
          dy: '0.32em',
          'text-anchor': isLast ? 'end' : 'start',
          'font-weight': 600,
          fill: 'var(--ink)',
        },
        textOf(axes[place]!, value),
      ),
    ];
  });
}

function textOf({ format = formatNumber }: ParallelAxis, value: number | string): string {
  return typeof value === 'number' ? format(value) : shortened(value, mostLetters);
}

function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, Math.max(1, letters - 1))}…` : text;
}
