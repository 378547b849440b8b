import {
  type Augmentation,
  batches,
  createRng,
  type ImageBatch,
  type ImageSplit,
  type Normalisation,
  sequentialOrder,
  shuffledOrder,
} from '@moda/datasets';

export interface TrainingBatchOptions {
  readonly batchSize: number;
  readonly normalisation: Normalisation;
  readonly augmentation: Augmentation;
  readonly shuffle: boolean;
  readonly seed: number;
}

/**
 * The batches of one epoch from a step on. Order and augmentation follow from seed, epoch and step alone, so that a resumed
 * run sees exactly what an undisturbed one would have seen and no random state has to be kept.
 */
export function* trainingBatches(
  split: ImageSplit,
  options: TrainingBatchOptions,
  epoch: number,
  fromStep: number,
): Generator<ImageBatch> {
  const { batchSize, normalisation, augmentation } = options;
  const order = options.shuffle
    ? shuffledOrder(split.count, createRng(seedOf(options.seed, epoch, 0)))
    : sequentialOrder(split.count);
  for (let step = fromStep; step * batchSize < order.length; step++) {
    const rng = createRng(seedOf(options.seed, epoch, step + 1));
    const ownOrder = order.subarray(step * batchSize, (step + 1) * batchSize);
    yield* batches(split, { batchSize, normalisation, augmentation, order: ownOrder, rng });
  }
}

/** Samples of one evaluation batch: large enough to keep the processor busy, small enough for VGG16 on a laptop. */
export const evaluationBatchSize = 250;

/** All images in their order, not changed in any way. */
export function evaluationBatches(split: ImageSplit, normalisation: Normalisation): Iterable<ImageBatch> {
  return batches(split, { batchSize: evaluationBatchSize, normalisation });
}

/** A 32-bit seed that differs for every epoch and step (the finaliser of MurmurHash3 over the three numbers). */
function seedOf(seed: number, epoch: number, step: number): number {
  return [epoch, step].reduce((hash, number) => mix(hash ^ mix(number + 0x9e3779b9)), mix(seed)) >>> 0;
}

function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
