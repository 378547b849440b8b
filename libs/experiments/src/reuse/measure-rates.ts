import { batches, type ImageDataset } from '@moda/datasets';
import { type ActivationRates, countActivations } from '@moda/moda';
import { type Network, trackedLayers } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import type { RunContext } from '../run-context.js';
import { withModel } from '../with-model.js';

const batchSize = 250;

/** Counts over the training images, unchanged and in inference mode, how often each unit is active for each class. */
export async function measureRates(
  backend: TensorBackend,
  network: Network,
  dataset: ImageDataset,
  context: Pick<RunContext, 'onProgress' | 'signal'>,
): Promise<ActivationRates> {
  const { train, height, width, channels, normalisation } = dataset;
  const counter = countActivations(backend, trackedLayers(network.architecture), dataset.classNames.length);
  try {
    return await withModel(backend, network, async (model) => {
      let done = 0;
      for (const batch of batches(train, { batchSize, normalisation })) {
        context.signal.throwIfAborted();
        const images = backend.tf.tensor4d(batch.images, [batch.size, height, width, channels]);
        const activations = model.unitActivations(images);
        counter.add(activations, batch.labels);
        for (const tensor of [images, ...activations]) tensor.dispose();
        done += batch.size;
        context.onProgress({
          type: 'task',
          label: 'Measuring activation rates',
          done,
          total: train.count,
          unit: 'images',
        });
        await new Promise(setImmediate);
      }
      return counter.rates();
    });
  } finally {
    counter.dispose();
  }
}
