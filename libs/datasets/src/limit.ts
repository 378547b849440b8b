import { ModaError } from '@moda/contracts';
import type { ImageSplit } from './image-dataset.js';

/**
 * The first `count` samples of `split`, or all where it has fewer; shares memory with it. Throws `USAGE` for a count that is
 * not an integer of 0 or more.
 */
export function limit(split: ImageSplit, count: number): ImageSplit {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ModaError('USAGE', `The number of samples is ${count}, but must be an integer of 0 or more.`, {
      count,
    });
  }
  if (count >= split.count) return split;
  const imageSize = split.height * split.width * split.channels;
  return {
    ...split,
    count,
    images: split.images.subarray(0, count * imageSize),
    labels: split.labels.subarray(0, count),
  };
}
