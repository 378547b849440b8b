import { openTensorBackend, type Tensor, type TensorBackend } from '@moda/tensor-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operator } from '../graph/architecture.js';
import { fullSet } from '../graph/channel-set.js';
import type { HostTensor, Network } from '../graph/network.js';
import { initialise } from '../initialise/initialise.js';
import type { ActivationLoss } from '../training/activation-loss.js';
import { type DeviceModel, openModel } from './device-model.js';

/** Every operator that trains, with channel sets that disagree across a sum and a depthwise convolution. */
const operators: Operator[] = [
  {
    op: 'conv',
    name: 'stem',
    inputs: ['input'],
    channels: fullSet(4),
    size: 3,
    stride: 1,
    padding: 1,
    bias: true,
  },
  { op: 'batchNorm', name: 'stem.bn', inputs: ['stem'], epsilon: 1e-5 },
  { op: 'relu', name: 'stem.relu', inputs: ['stem.bn'], tracked: true },
  {
    op: 'conv',
    name: 'branch',
    inputs: ['stem.relu'],
    channels: { of: 4, kept: [0, 2, 3] },
    size: 3,
    stride: 1,
    padding: 1,
    bias: false,
  },
  {
    op: 'add',
    name: 'sum',
    inputs: ['branch', 'stem.relu'],
    channels: { of: 4, kept: [0, 1, 3] },
  },
  { op: 'relu', name: 'sum.relu', inputs: ['sum'], tracked: true },
  {
    op: 'depthwise',
    name: 'depth',
    inputs: ['sum.relu'],
    channels: { of: 4, kept: [1, 2, 3] },
    size: 3,
    stride: 2,
    padding: 1,
    bias: true,
  },
  { op: 'maxPool', name: 'pool', inputs: ['depth'], size: 2, stride: 1 },
  { op: 'flatten', name: 'flat', inputs: ['pool'] },
  { op: 'dense', name: 'hidden', inputs: ['flat'], channels: fullSet(5), bias: true },
  { op: 'relu', name: 'hidden.relu', inputs: ['hidden'], tracked: true },
  { op: 'dense', name: 'out', inputs: ['hidden.relu'], channels: fullSet(3), bias: false },
];
const input = { height: 6, width: 5, channels: 2 };
const network = initialise({ name: 'small', input, operators }, 7, 'fanInUniform');
const labels = Int32Array.from([0, 1, 2, 1]);
const pixels = Float32Array.from({ length: 4 * 6 * 5 * 2 }, (_, i) => Math.sin(i * 12.9898 + 1) * 1.5);

/** Half the mean square of the unit activations: simple, smooth, and different in every layer. */
const squares: ActivationLoss = {
  termNames: ['squares'],
  weights: [3],
  evaluate: (backend, activations) => {
    const { tf } = backend;
    const layers = activations.length;
    return {
      terms: tf.tidy(() => {
        const perLayer = activations.map((a) => tf.mul<Tensor>(0.5, tf.mean(tf.square(a))));
        return tf.reshape(tf.stack(perLayer), [1, layers]);
      }),
      gradients: activations.map((a) => tf.mul(a, 3 / (layers * a.size))),
    };
  },
};

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});

function withImages<T>(use: (images: ReturnType<TensorBackend['tf']['tensor4d']>) => T): T {
  const images = backend.tf.tensor4d(pixels, [4, 6, 5, 2]);
  try {
    return use(images);
  } finally {
    images.dispose();
  }
}

function withOpen<T>(of: Network, use: (model: DeviceModel) => T): T {
  const model = openModel(backend, of);
  try {
    return use(model);
  } finally {
    model.dispose();
  }
}

function totalLoss(of: Network): number {
  return withOpen(of, (model) =>
    withImages(
      (images) =>
        model.lossesAndGradients(images, labels, squares, (_, gradient) => gradient.dispose()).total,
    ),
  );
}

function gradients(): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  withOpen(network, (model) =>
    withImages((images) =>
      model.lossesAndGradients(images, labels, squares, (name, gradient) => {
        found.set(name, Float32Array.from(gradient.dataSync()));
        gradient.dispose();
      }),
    ),
  );
  return found;
}

function shifted(name: string, index: number, by: number): Network {
  const tensor = network.parameters.get(name) as HostTensor;
  const data = tensor.data.slice();
  data[index] = (data[index] ?? 0) + by;
  return { ...network, parameters: new Map([...network.parameters, [name, { ...tensor, data }]]) };
}

describe('a model on the device', () => {
  it('has the gradient of its total loss, by central differences at every kind of parameter', () => {
    const exact = gradients();
    const trainable = [...network.parameters.keys()].filter((name) => !/\/(mean|variance)$/.test(name));
    expect([...exact.keys()].sort()).toEqual(trainable.sort());
    const step = 2e-3;
    for (const [name, gradient] of exact) {
      // The largest entry: small ones drown in float32's rounding of the loss.
      const index = gradient.reduce(
        (best, g, i) => (Math.abs(g) > Math.abs(gradient[best] ?? 0) ? i : best),
        0,
      );
      const slope =
        (totalLoss(shifted(name, index, step)) - totalLoss(shifted(name, index, -step))) / (2 * step);
      expect(Math.abs(slope - (gradient[index] ?? 0)), name).toBeLessThan(2e-3 + 0.03 * Math.abs(slope));
    }
  });

  it('answers the losses without changing the network', () => {
    withOpen(network, (model) => {
      withImages((images) =>
        model.lossesAndGradients(images, labels, squares, (_, gradient) => gradient.dispose()),
      );
      expect(model.toNetwork()).toEqual(network);
    });
  });

  it('moves every trainable parameter and running statistic in a training step', () => {
    withOpen(network, (model) => {
      withImages((images) => model.trainStep(images, labels, squares, { learningRate: 0.1, momentum: 0.9 }));
      const after = model.toNetwork();
      for (const [name, { data }] of network.parameters) {
        // Batch norm takes a bias before it out again: its gradient is zero but for rounding.
        if (name !== 'stem/bias') expect(after.parameters.get(name)?.data, name).not.toEqual(data);
      }
    });
  });

  it('leaks no tensor in training, prediction, or when a loss throws', () => {
    withOpen(network, (model) => {
      const failing = { ...squares, evaluate: () => { throw new Error('broken loss'); } }; // prettier-ignore
      withImages((images) => {
        model.trainStep(images, labels, squares, { learningRate: 0.1, momentum: 0.9 });
        const before = backend.tensorCount();
        model.trainStep(images, labels, squares, { learningRate: 0.1, momentum: 0.9 });
        model.predict(images).dispose();
        for (const activation of model.unitActivations(images)) activation.dispose();
        expect(() => model.trainStep(images, labels, failing, { learningRate: 0.1, momentum: 0.9 })).toThrow(
          'broken',
        );
        expect(backend.tensorCount()).toBe(before);
      });
    });
  });

  it('gives the unit activations of every tracked layer: means over positions, none negative', () => {
    withOpen(network, (model) =>
      withImages((images) => {
        const activations = model.unitActivations(images);
        expect(activations.map(({ shape }) => shape)).toEqual([
          [4, 4],
          [4, 3],
          [4, 5],
        ]);
        for (const activation of activations) {
          expect(Math.min(...activation.dataSync())).toBeGreaterThanOrEqual(0);
          activation.dispose();
        }
      }),
    );
  });
});

afterAll(() => {
  expect(backend.tensorCount()).toBe(0);
});
