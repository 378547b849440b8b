import { ModaError } from '@moda/contracts';
import { type Augmentation, type ImageSplit, noAugmentation, type Normalisation } from './image-dataset.js';
import { byteValues, normalisationTable } from './normalisation-table.js';
import { asItIs, drawPlacement, type Placement } from './placement.js';
import type { Rng } from './rng.js';

/** Some samples, ready for a network. The arrays are new in every batch and belong to the caller. */
export interface ImageBatch {
  /** Number of samples: the batch size, or fewer in the last batch. */
  readonly size: number;
  /** Normalised pixels, `[size, height, width, channels]`. */
  readonly images: Float32Array;
  /** Class indices, `[size]`. */
  readonly labels: Int32Array;
}

export interface BatchOptions {
  readonly batchSize: number;
  readonly normalisation: Normalisation;
  /** Which samples, in which order; all of them as they come when absent. */
  readonly order?: Uint32Array;
  readonly augmentation?: Augmentation;
  /** Needed with an augmentation. */
  readonly rng?: Rng;
}

/**
 * Walks over `split` in batches: random crop with black padding, mirror, then normalisation. The last batch keeps what is
 * left. Throws `USAGE` for a batch size that is not a positive integer.
 */
export function* batches(split: ImageSplit, options: BatchOptions): Generator<ImageBatch, void, undefined> {
  const { batchSize, normalisation, order, augmentation = noAugmentation, rng } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new ModaError('USAGE', `The batch size is ${batchSize}, but must be a positive integer.`, {
      batchSize,
    });
  }
  const table = normalisationTable(normalisation, split.channels);
  const placements = placementSource(augmentation, rng);
  const imageSize = split.height * split.width * split.channels;
  const total = order?.length ?? split.count;
  for (let start = 0; start < total; start += batchSize) {
    const size = Math.min(batchSize, total - start);
    const images = new Float32Array(size * imageSize);
    const labels = new Int32Array(size);
    for (let position = 0; position < size; position += 1) {
      const sample = order ? (order[start + position] as number) : start + position;
      if (sample >= split.count) {
        throw new RangeError(`order names sample ${sample} of a split with ${split.count} samples`);
      }
      labels[position] = split.labels[sample] as number;
      writeImage(split, sample, placements(), table, images, position * imageSize);
    }
    yield { size, images, labels };
  }
}

function placementSource(augmentation: Augmentation, rng: Rng | undefined): () => Placement {
  if (augmentation.cropPadding === 0 && !augmentation.horizontalFlip) return () => asItIs;
  if (!rng) throw new TypeError('an augmentation needs a random generator');
  return () => drawPlacement(augmentation, rng);
}

/**
 * Writes one normalised image at `at`. Whole rows are walked with one step per pixel, forwards or backwards: this loop
 * touches every value of every epoch.
 */
function writeImage(
  { images, height, width, channels }: ImageSplit,
  sample: number,
  { down, right, mirrored }: Placement,
  table: Float32Array,
  target: Float32Array,
  at: number,
): void {
  const rowSize = width * channels;
  // Columns of the cut window that show the image; the others, and rows above or below it, are black.
  const firstInside = Math.max(0, -right);
  const endInside = Math.min(width, width - right);
  const step = mirrored ? -channels : channels;
  for (let y = 0; y < height; y += 1) {
    const sourceY = y + down;
    const row = at + y * rowSize;
    const insideRow = sourceY >= 0 && sourceY < height;
    const source = (sample * height + sourceY) * rowSize + (firstInside + right) * channels;
    const destination = row + (mirrored ? width - 1 - firstInside : firstInside) * channels;
    for (let channel = 0; channel < channels; channel += 1) {
      const entries = channel * byteValues;
      if (!insideRow || right !== 0) {
        const black = table[entries] as number;
        for (let to = row + channel; to < row + rowSize; to += channels) target[to] = black;
      }
      if (!insideRow) continue;
      let from = source + channel;
      let to = destination + channel;
      for (let x = firstInside; x < endInside; x += 1) {
        target[to] = table[entries + (images[from] as number)] as number;
        from += channels;
        to += step;
      }
    }
  }
}
