import type { Plane } from './pixels.js';

/**
 * An image in another size, by our own arithmetic: browsers and TensorFlow's back ends each resize in a way of their own, and a network is
 * to see the same image everywhere.
 *
 * Bilinear with the centres of pixels as their places. Where an image shrinks, the triangle widens by the same factor, so that no pixel of
 * it is passed over.
 */
export function resizeBilinear(plane: Plane, width: number, height: number): Plane {
  return alongColumns(alongRows(plane, width), height);
}

function alongRows({ width: from, height, channels, data }: Plane, width: number): Plane {
  if (from === width) return { width, height, channels, data };
  const taps = tapsOf(from, width);
  const resized = new Float32Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (const { at, weight } of taps[x]!)
        for (let channel = 0; channel < channels; channel++)
          resized[(y * width + x) * channels + channel]! +=
            weight * data[(y * from + at) * channels + channel]!;
  return { width, height, channels, data: resized };
}

function alongColumns({ width, height: from, channels, data }: Plane, height: number): Plane {
  if (from === height) return { width, height, channels, data };
  const rowLength = width * channels;
  const resized = new Float32Array(height * rowLength);
  tapsOf(from, height).forEach((taps, y) => {
    for (const { at, weight } of taps)
      for (let i = 0; i < rowLength; i++) resized[y * rowLength + i]! += weight * data[at * rowLength + i]!;
  });
  return { width, height, channels, data: resized };
}

interface Tap {
  readonly at: number;
  /** Those of one place sum to 1. */
  readonly weight: number;
}

/** For each place of the result the places of the source that it is made of. */
function tapsOf(from: number, to: number): Tap[][] {
  const scale = from / to;
  const reach = Math.max(1, scale);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale - 0.5;
    const taps: Tap[] = [];
    for (let at = Math.ceil(centre - reach); at <= Math.floor(centre + reach); at++) {
      const weight = 1 - Math.abs(at - centre) / reach;
      if (weight > 0) taps.push({ at: Math.min(from - 1, Math.max(0, at)), weight });
    }
    const sum = taps.reduce((total, { weight }) => total + weight, 0);
    return taps.map(({ at, weight }) => ({ at, weight: weight / sum }));
  });
}
