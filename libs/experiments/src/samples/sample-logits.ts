import type { SampleImages } from '@moda/module-format';
import { type Network, predictAll } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import { evaluationBatches } from '../training-batches.js';
import { withModel } from '../with-model.js';

/** What is shown to a network: everything but what another one said of it. */
export type ShownImages = Omit<SampleImages, 'logits' | 'computedBy' | 'classNames' | 'dataset'>;

/**
 * What a network answers to sample images, in inference mode.
 *
 * @returns `[N, outputs of the network]`, row by row
 */
export async function sampleLogits(
  backend: TensorBackend,
  network: Network,
  shown: ShownImages,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { count, height, width, channels, images, labels, normalisation } = shown;
  const split = { count, height, width, channels, images, labels: Uint16Array.from(labels) };
  const { logits } = await withModel(backend, network, (model) =>
    predictAll(backend, model, shown, evaluationBatches(split, normalisation), signal),
  );
  return logits;
}
