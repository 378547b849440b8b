import type { ImageDataset, ImageSplit } from '@moda/datasets';
import { type Network, predictAll, type Predictions } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import { evaluationBatches } from './training-batches.js';
import { withModel } from './with-model.js';

/** Logits of a network for every image of a split, in inference mode. */
export function predictSplit(
  backend: TensorBackend,
  network: Network,
  dataset: ImageDataset,
  split: ImageSplit,
  signal?: AbortSignal,
): Promise<Predictions> {
  return withModel(backend, network, (model) =>
    predictAll(backend, model, dataset, evaluationBatches(split, dataset.normalisation), signal),
  );
}
