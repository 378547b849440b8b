import type { ScaleOptions } from '@observablehq/plot';
import { axisLabel, tickText } from './axis-text.js';
import type { YAxis } from './chart-props.js';

interface ValueScale {
  readonly format: (value: number) => string;
  /** Of the chart, in pixels. */
  readonly height: number;
  /** There is no value, so no extent: an axis all the same. */
  readonly isEmpty: boolean;
}

/** The upright axis of values, as Plot takes it. */
export function valueScale(y: YAxis, { format, height, isEmpty }: ValueScale): ScaleOptions {
  return {
    label: axisLabel(y),
    labelAnchor: 'top',
    labelArrow: 'none',
    type: y.log ? 'log' : 'linear',
    tickFormat: tickText(format),
    ticks: Math.max(3, Math.floor(height / 50)),
    zero: y.zero,
    nice: !y.domain,
    grid: true,
    domain: y.domain ? [...y.domain] : isEmpty ? [0, 1] : undefined,
  };
}
