import { defaultTau } from '@moda/contracts';
import { batches, createRng, type ImageSplit, shuffledOrder } from '@moda/datasets';
import { analyzeModules } from '@moda/moda';
import type { TensorBackend } from '@moda/tensor-backend';
import { type CountedModel, countOverBatches } from '../reuse/count-over-batches.js';
import { evaluationBatchSize } from '../training-batches.js';

/** How modular a network is by now. Shares of the whole model, 0..1. */
export interface Modularity {
  /** Mean over the modules of all classes. */
  readonly moduleShare: number;
  /** Mean over pairs of modules of the parameters that both have. */
  readonly moduleOverlap: number;
}

/** Enough for the means to come within a few percent of what all images give, and few enough to look after each epoch. */
const imagesPerClass = 32;

/** One for all runs: whoever compares seeds compares networks, not choices of images. */
const sampleSeed = 9;

/**
 * The images that modularity is measured on: up to `imagesPerClass` of each class, always the same ones of the same images.
 *
 * @returns indices into the split, ascending
 */
export function modularitySample({ labels, count }: Pick<ImageSplit, 'labels' | 'count'>): Uint32Array {
  const taken = new Map<number, number>();
  return shuffledOrder(count, createRng(sampleSeed))
    .filter((index) => {
      const label = labels[index] ?? 0;
      const before = taken.get(label) ?? 0;
      taken.set(label, before + 1);
      return before < imagesPerClass;
    })
    .sort();
}

/**
 * What a cut of the network as it is now would come to, at the usual threshold, from the given training images without augmentation. The
 * same numbers as a decomposition whose rates were measured on them. Changes nothing: no draw of chance, no statistics, no weights.
 *
 * @returns undefined where a class has no image among them
 */
export async function measureModularity(
  backend: TensorBackend,
  counted: CountedModel,
  sample: Uint32Array,
): Promise<Modularity | undefined> {
  const { train, normalisation } = counted.dataset;
  const chosen = batches(train, { batchSize: evaluationBatchSize, normalisation, order: sample });
  const rates = await countOverBatches(backend, counted, chosen, () => undefined);
  if (rates.samples.includes(0)) return undefined;
  const { meanShare, meanOverlap } = analyzeModules(counted, rates, defaultTau);
  return { moduleShare: meanShare, moduleOverlap: meanOverlap };
}
