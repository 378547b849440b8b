import type { TrackedLayer } from '@moda/nn';
import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { beforeAll, describe, expect, it } from 'vitest';

import { countActivations } from './count-activations.js';

const layers: TrackedLayer[] = [
  { name: 'first', channels: { of: 2, kept: [0, 1] }, height: 3, width: 3 },
  { name: 'second', channels: { of: 4, kept: [1, 3] }, height: 1, width: 1 },
];

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});

describe('counting activations', () => {
  it('counts, over all batches, the samples of each class for which a unit is above 0', () => {
    const counter = countActivations(backend, layers, 3);
    const before = backend.tensorCount();
    const add = (first: number[][], second: number[][], labels: number[]) => {
      const activations = [backend.tf.tensor2d(first), backend.tf.tensor2d(second)];
      counter.add(activations, labels);
      backend.tf.dispose(activations);
    };
    add(
      [
        [0.5, 0],
        [1e-20, 2],
        [0, 0],
      ],
      [
        [1, 1],
        [0, 0],
        [3, 0],
      ],
      [2, 0, 2],
    );
    add([[7, 7]], [[0, 1e-3]], [2]);
    const { samples, layers: counted } = counter.rates();
    expect(Array.from(samples)).toEqual([1, 0, 3]);
    expect(counted.map(({ name, units, counts }) => [name, units, Array.from(counts)])).toEqual([
      ['first', 2, [1, 1, 0, 0, 2, 1]],
      ['second', 4, [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2]],
    ]);
    counter.dispose();
    expect(backend.tensorCount()).toBe(before);
  });

  it('goes on counting after its rates were read, and leaves those rates alone', () => {
    const counter = countActivations(backend, layers.slice(0, 1), 1);
    const batch = [backend.tf.tensor2d([[1, 0]])];
    counter.add(batch, [0]);
    const early = counter.rates();
    counter.add(batch, [0]);
    const late = counter.rates();
    expect([early, late].map(({ layers: [layer] }) => layer?.counts[0])).toEqual([1, 2]);
    expect([early, late].map(({ samples }) => samples[0])).toEqual([1, 2]);
    backend.tf.dispose(batch);
    counter.dispose();
  });

  it('refuses a label that is no class and activations of another network', () => {
    const counter = countActivations(backend, layers, 2);
    const batch = [backend.tf.tensor2d([[1, 0]]), backend.tf.tensor2d([[1, 0]])];
    expect(() => counter.add(batch, [2])).toThrow('label 2 is not one of 2 classes');
    expect(() => counter.add(batch.slice(1), [0])).toThrow('expected activations of 2 layers, not 1');
    backend.tf.dispose(batch);
    counter.dispose();
  });
});
