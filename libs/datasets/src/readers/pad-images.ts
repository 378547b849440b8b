import type { ImageSplit } from '../image-dataset.js';

/** Adds `margin` black pixels on every side of every image. */
export function padImages(split: ImageSplit, margin: number): ImageSplit {
  const { count, height, width, channels } = split;
  const paddedHeight = height + 2 * margin;
  const paddedWidth = width + 2 * margin;
  const rowSize = width * channels;
  const images = new Uint8Array(count * paddedHeight * paddedWidth * channels);
  for (let row = 0; row < count * height; row += 1) {
    const sample = Math.floor(row / height);
    const paddedRow = sample * paddedHeight + margin + (row % height);
    images.set(
      split.images.subarray(row * rowSize, (row + 1) * rowSize),
      (paddedRow * paddedWidth + margin) * channels,
    );
  }
  return { ...split, height: paddedHeight, width: paddedWidth, images };
}
