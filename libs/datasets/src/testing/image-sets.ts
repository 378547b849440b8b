import { type ImageDataset, type ImageSplit, noAugmentation } from '../image-dataset.js';

/** A split whose pixel values count up from 1 (wrapping before 0), so that black pixels are never its own. */
export function countingSplit(
  labels: readonly number[],
  { height, width, channels }: { height: number; width: number; channels: number },
): ImageSplit {
  const images = Uint8Array.from(
    { length: labels.length * height * width * channels },
    (_, i) => 1 + (i % 255),
  );
  return { count: labels.length, height, width, channels, images, labels: Uint16Array.from(labels) };
}

/** A data set of 1x2 grey images with the given labels in both splits. */
export function datasetOf(labels: readonly number[], classNames: readonly string[]): ImageDataset {
  const size = { height: 1, width: 2, channels: 1 };
  return {
    name: 'shapes',
    ...size,
    classNames,
    sourceLabels: classNames.map((_, label) => label),
    train: countingSplit(labels, size),
    test: countingSplit(labels, size),
    normalisation: { mean: [0.5], std: [0.25] },
    augmentation: noAugmentation,
    provenance: { source: 'made up', split: 'the same images twice' },
  };
}
