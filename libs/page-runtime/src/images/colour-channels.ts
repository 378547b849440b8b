import type { Pixels, Plane } from './pixels.js';

/** Weights of red, green and blue in brightness (ITU-R BT.601, as image libraries turn colour into grey). */
const brightness = [0.299, 0.587, 0.114] as const;

/**
 * The colours of an image as values 0..255: one channel of brightness, or red, green and blue. What is transparent shows white, as paper
 * does.
 *
 * @returns `[height, width, channels]`
 */
export function colourChannels({ width, height, data }: Pixels, channels: 1 | 3): Plane {
  const plane = new Float32Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = data[4 * pixel + 3]! / 255;
    const [red, green, blue] = [0, 1, 2].map((channel) => onWhite(data[4 * pixel + channel]!, alpha));
    if (channels === 1) plane[pixel] = brightness[0] * red! + brightness[1] * green! + brightness[2] * blue!;
    else plane.set([red!, green!, blue!], 3 * pixel);
  }
  return { width, height, channels, data: plane };
}

function onWhite(value: number, alpha: number): number {
  return value * alpha + 255 * (1 - alpha);
}
