/**
 * Colours for lines and bars that people with any common colour vision tell apart (Okabe and Ito's set, without yellow,
 * which is too pale on white). Series differ in mark or dash as well.
 */
export const seriesColours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'] as const;

export const symbols = ['circle', 'rect', 'triangle', 'diamond', 'circle', 'rect'] as const;

export const dashes = ['solid', 'dashed', 'dotted', 'solid', 'dashed', 'dotted'] as const;

/** One hue from light to dark, so that more ink is more of the thing also in grey. */
export const heat = ['#f2f7fb', '#cfe1f0', '#9cc4e2', '#5a9bcb', '#2270ad', '#0b4177'] as const;

export const ink = '#1f2328';
export const paleInk = '#59636e';
export const rule = '#d1d9e0';
export const paper = '#ffffff';

export const fontFamily = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";

/** The colour, mark and dash of the n-th series. */
export function seriesStyle(index: number): {
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly dash: (typeof dashes)[number];
} {
  const position = index % seriesColours.length;
  return { colour: seriesColours[position]!, symbol: symbols[position]!, dash: dashes[position]! };
}
