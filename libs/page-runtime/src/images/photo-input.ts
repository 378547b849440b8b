import { colourChannels } from './colour-channels.js';
import type { Pixels, Plane } from './pixels.js';
import { resizeBilinear } from './resize-bilinear.js';

/** Height, width and channels of the images that a model takes. */
export interface InputShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * A picture as a model takes it: the largest part of it that has the model's proportions, around the middle, resized; brightness or
 * colours. Values stay 0..255.
 *
 * @returns `[height, width, channels]`
 */
export function photoInput(pixels: Pixels, { height, width, channels }: InputShape): Plane {
  const plane = colourChannels(pixels, channels === 1 ? 1 : 3);
  return resizeBilinear(middle(plane, width / height), width, height);
}

/** The largest part with the given width to height, around the middle. */
function middle(plane: Plane, proportion: number): Plane {
  const width = Math.max(1, Math.min(plane.width, Math.round(plane.height * proportion)));
  const height = Math.max(1, Math.min(plane.height, Math.round(plane.width / proportion)));
  return cropped(plane, {
    left: Math.floor((plane.width - width) / 2),
    top: Math.floor((plane.height - height) / 2),
    width,
    height,
  });
}

/** A part of an image; it lies within it. */
export function cropped(
  plane: Plane,
  part: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): Plane {
  const { channels } = plane;
  const data = new Float32Array(part.width * part.height * channels);
  for (let y = 0; y < part.height; y++) {
    const from = ((part.top + y) * plane.width + part.left) * channels;
    data.set(plane.data.subarray(from, from + part.width * channels), y * part.width * channels);
  }
  return { width: part.width, height: part.height, channels, data };
}
