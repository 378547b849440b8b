import { noAugmentation } from '@moda/datasets';
import { analyzeModules, modularLoss } from '@moda/moda';
import { type DeviceModel, initialise, type Network, openModel, parseArchitecture, train } from '@moda/nn';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../open-dataset.js';
import { measureRates } from '../reuse/measure-rates.js';
import { quietContext } from '../testing/quiet-context.js';
import { trainingBatches } from '../training-batches.js';
import { measureModularity, modularitySample } from './modularity.js';
import { trainDefaults } from './train-options.js';

/** With running statistics, which a forward pass in training mode would move. */
const architecture = parseArchitecture({
  name: 'tiny',
  input: { height: 32, width: 32, channels: 1 },
  operators: [
    { op: 'conv', name: 'c', channels: 6, size: 5, stride: 2 },
    { op: 'batchNorm', name: 'n' },
    { op: 'relu', name: 'r' },
    { op: 'globalPool', name: 'p' },
    { op: 'dense', name: 'hidden', channels: 16 },
    { op: 'relu', name: 's' },
    { op: 'dense', name: 'out', channels: 10 },
  ],
});
const context = quietContext();
let dataset: Awaited<ReturnType<typeof openDataset>>;
beforeAll(async () => {
  dataset = await openDataset({ ...trainDefaults, dataset: 'digits', trainLimit: 480 });
});

/** Two epochs of four steps; all that a run is made of afterwards. */
async function trained(afterEpoch: (model: DeviceModel) => Promise<void>) {
  const backend = await context.backend();
  const model = openModel(backend, initialise(architecture, 7));
  const options = {
    batchSize: 128,
    normalisation: dataset.normalisation,
    augmentation: noAugmentation,
    shuffle: true,
    seed: 7,
  };
  try {
    await train(backend, model, {
      epochs: 2,
      learningRate: 0.05,
      momentum: 0.9,
      loss: modularLoss({ alpha: 1, beta: 1, gamma: 0.3 }),
      input: dataset,
      stepsPerEpoch: 4,
      batches: (epoch, fromStep) => trainingBatches(dataset.train, options, epoch, fromStep),
      onEvent: async ({ type }) => {
        if (type === 'epoch') await afterEpoch(model);
      },
    });
    return { network: model.toNetwork(), velocities: model.velocities() };
  } finally {
    model.dispose();
  }
}

describe('how modular a network is while it is trained', () => {
  it('is measured on up to 32 images of each class, the same ones each time', () => {
    const sample = modularitySample(dataset.train);
    const labels = [...sample].map((index) => dataset.train.labels[index]);
    for (const label of dataset.sourceLabels)
      expect(labels.filter((own) => own === label)).toHaveLength(
        Math.min(32, dataset.train.labels.filter((own) => own === label).length),
      );
    expect(sample).toEqual(modularitySample(dataset.train));
    expect([...sample]).toEqual([...new Set(sample)].sort((a, b) => a - b));
    expect([...sample]).not.toEqual([...sample.keys()]);
  });

  it('leaves every weight, statistic and momentum bit for bit what it would have been', async () => {
    const backend = await context.backend();
    const sample = modularitySample(dataset.train);
    let measured = 0;
    const looked = await trained(async (model) => {
      const found = await measureModularity(backend, { architecture, model, dataset }, sample);
      measured += found === undefined ? 0 : 1;
    });
    const untouched = await trained(() => Promise.resolve());
    expect(measured).toBe(2);
    expect([...untouched.network.parameters.keys()]).toContain('n/mean');
    expect(looked.network.parameters).toEqual(untouched.network.parameters);
    expect(looked.velocities).toEqual(untouched.velocities);
  });

  it('is what a decomposition at tau 0.9 of the same images comes to', async () => {
    const backend = await context.backend();
    const network: Network = initialise(architecture, 3);
    const whole = Uint32Array.from({ length: dataset.train.count }, (_, index) => index);
    const model = openModel(backend, network);
    const found = await measureModularity(backend, { architecture, model, dataset }, whole).finally(() =>
      model.dispose(),
    );
    const rates = await measureRates(backend, network, dataset, context);
    const { meanShare, meanOverlap } = analyzeModules(network, rates, 0.9);
    expect(found).toEqual({ moduleShare: meanShare, moduleOverlap: meanOverlap });
    expect(found?.moduleShare).toBeGreaterThan(0);
    expect(found?.moduleShare).toBeLessThan(1);
  });

  it('is unknown where a class has no image, and leaves nothing on the device', async () => {
    const backend = await context.backend();
    const model = openModel(backend, initialise(architecture, 3));
    const before = backend.tf.memory().numTensors;
    const zeros = modularitySample(dataset.train).filter((index) => dataset.train.labels[index] === 0);
    expect(await measureModularity(backend, { architecture, model, dataset }, zeros)).toBeUndefined();
    await measureModularity(backend, { architecture, model, dataset }, modularitySample(dataset.train));
    expect(backend.tf.memory().numTensors).toBe(before);
    model.dispose();
  });
});
