import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel } from './axis-text.js';
import type { XAxis } from './chart-props.js';
import type { Margins } from './drawn-plot.js';
import type { NumberScale } from './number-scale.js';
import { pixels, shape } from './shape.js';

interface AxisToDraw {
  readonly axis: XAxis;
  readonly scale: NumberScale;
  /** Of the whole drawing, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  /** Lines over the whole drawing, one for each number. */
  readonly grid?: boolean;
}

const tickLength = 5;
/** From the middle of a line of text to where it stands. */
const baseline = '0.32em';

/** The numbers below a drawing, and what they are at the right end. */
export function bottomAxis({ axis, scale, width, height, margins, grid = false }: AxisToDraw): SVGGElement {
  const bottom = height - margins.bottom;
  const ticks = scale.ticks.flatMap((tick) => {
    const x = pixels(scale.place(tick) ?? 0);
    return [
      ...(grid ? [gridLine({ x1: x, x2: x, y1: margins.top, y2: bottom })] : []),
      shape('line', { x1: x, x2: x, y1: bottom, y2: bottom + tickLength, stroke: 'currentColor' }),
      shape('text', { x, y: bottom + tickLength + 11, 'text-anchor': 'middle' }, textOf(axis, tick)),
    ];
  });
  const label = shape(
    'text',
    { x: width - margins.right, y: height - 3, 'text-anchor': 'end' },
    axisLabel(axis),
  );
  return shape('g', {}, ...ticks, label);
}

/** The numbers at the left of a drawing, a line over it for each, and what they are above. */
export function leftAxis({ axis, scale, width, margins }: AxisToDraw): SVGGElement {
  const ticks = scale.ticks.flatMap((tick) => {
    const y = pixels(scale.place(tick) ?? 0);
    return [
      gridLine({ x1: margins.left, x2: width - margins.right, y1: y, y2: y }),
      shape(
        'text',
        { x: margins.left - tickLength - 3, y, dy: baseline, 'text-anchor': 'end' },
        textOf(axis, tick),
      ),
    ];
  });
  return shape('g', {}, ...ticks, shape('text', { x: 3, y: 11 }, axisLabel(axis)));
}

function gridLine(ends: Readonly<Record<'x1' | 'x2' | 'y1' | 'y2', string | number>>): SVGLineElement {
  return shape('line', { ...ends, stroke: 'currentColor', 'stroke-opacity': 0.14 });
}

function textOf({ format = formatNumber }: XAxis, tick: number): string {
  return format(tick);
}
