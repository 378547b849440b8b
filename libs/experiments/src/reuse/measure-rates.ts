import { batches, type ImageDataset } from '@moda/datasets';
import type { ActivationRates } from '@moda/moda';
import type { Network } from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import type { RunContext } from '../run-context.js';
import { withModel } from '../with-model.js';
import { countOverBatches } from './count-over-batches.js';

const batchSize = 250;

/** Counts over the training images, unchanged and in inference mode, how often each unit is active for each class. */
export async function measureRates(
  backend: TensorBackend,
  network: Network,
  dataset: ImageDataset,
  context: Pick<RunContext, 'onProgress' | 'signal'>,
): Promise<ActivationRates> {
  const { train, normalisation } = dataset;
  const { architecture } = network;
  return withModel(backend, network, async (model) => {
    let done = 0;
    context.signal.throwIfAborted();
    return countOverBatches(
      backend,
      { architecture, model, dataset },
      batches(train, { batchSize, normalisation }),
      ({ size }) => {
        done += size;
        context.onProgress({
          type: 'task',
          label: 'Measuring activation rates',
          done,
          total: train.count,
          unit: 'images',
        });
        if (done < train.count) context.signal.throwIfAborted();
      },
    );
  });
}
