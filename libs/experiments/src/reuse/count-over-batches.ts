import type { ImageBatch, ImageDataset } from '@moda/datasets';
import { type ActivationRates, countActivations } from '@moda/moda';
import type { Architecture, DeviceModel } from '@moda/nn';
import { trackedLayers } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';

export interface CountedModel {
  readonly architecture: Architecture;
  readonly model: DeviceModel;
  /** With the model's classes, in its order. */
  readonly dataset: ImageDataset;
}

/**
 * Counts over some batches, in inference mode, how often each unit is active for each class. The model is borrowed and stays as it is:
 * weights, running statistics and momentum.
 *
 * @param onBatch is called behind each batch and waited for; what it throws ends the count
 */
export async function countOverBatches(
  backend: TensorBackend,
  { architecture, model, dataset }: CountedModel,
  batches: Iterable<ImageBatch>,
  onBatch: (batch: ImageBatch) => void,
): Promise<ActivationRates> {
  const { height, width, channels, classNames } = dataset;
  const counter = countActivations(backend, trackedLayers(architecture), classNames.length);
  try {
    for (const batch of batches) {
      const images = backend.tf.tensor4d(batch.images, [batch.size, height, width, channels]);
      const activations = model.unitActivations(images);
      counter.add(activations, batch.labels);
      for (const tensor of [images, ...activations]) tensor.dispose();
      onBatch(batch);
      // Lets signals in: arithmetic alone never waits.
      await new Promise(setImmediate);
    }
    return counter.rates();
  } finally {
    counter.dispose();
  }
}
