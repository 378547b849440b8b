import type { Pixels } from '../images/pixels.js';

/** An image of greys from rows of numbers 0..255. */
export function grey(rows: readonly (readonly number[])[]): Pixels {
  const width = rows[0]?.length ?? 0;
  const data = new Uint8ClampedArray(rows.flat().flatMap((value) => [value, value, value, 255]));
  return { width, height: rows.length, data };
}

/** Paper of one grey with a filled box of another. */
export function box(
  size: { readonly width: number; readonly height: number },
  ink: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  },
  { paper, pen }: { readonly paper: number; readonly pen: number },
): Pixels {
  const isInk = (x: number, y: number) =>
    x >= ink.left && x < ink.left + ink.width && y >= ink.top && y < ink.top + ink.height;
  return grey(
    Array.from({ length: size.height }, (_, y) =>
      Array.from({ length: size.width }, (_, x) => (isInk(x, y) ? pen : paper)),
    ),
  );
}
