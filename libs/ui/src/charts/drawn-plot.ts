import type { NumberScale } from './number-scale.js';
import { shape } from './shape.js';

/** Pixels between the edges of a drawing and its axes. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface DrawnPlot {
  readonly svg: SVGSVGElement;
  /** Pixels from the left edge of what stands at `x`. */
  readonly placeX: (x: number) => number | undefined;
  readonly readX: (pixels: number) => number | undefined;
  readonly placeY: (y: number) => number | undefined;
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly across: NumberScale;
  readonly up: NumberScale;
  /** From behind to the front. */
  readonly shapes: readonly SVGElement[];
}

/** The finished drawing. The element around it has its name; nothing in it has one of its own. */
export function drawnPlot({ width, height, across, up, shapes }: Drawing): DrawnPlot {
  return {
    svg: shape(
      'svg',
      { class: 'm-plot', width, height, viewBox: `0 0 ${width} ${height}`, fill: 'currentColor' },
      ...shapes,
    ),
    placeX: across.place,
    readX: across.read,
    placeY: up.place,
  };
}
