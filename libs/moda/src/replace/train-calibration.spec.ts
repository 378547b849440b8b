import type { Predictions } from '@moda/nn';
import { describe, expect, it } from 'vitest';

import { pseudoRandom } from '../testing/small-networks.js';
import { PAPER_RECIPE, trainCalibration } from './train-calibration.js';

function featuresOf(rows: readonly (readonly number[])[], labels: readonly number[]): Predictions {
  return {
    count: rows.length,
    classes: rows[0]?.length ?? 0,
    logits: Float32Array.from(rows.flat()),
    labels: Int32Array.from(labels),
  };
}

/** Mean cross-entropy by its definition. */
function lossOf(features: Predictions, kernel: ArrayLike<number>, bias: ArrayLike<number>): number {
  const n = features.classes;
  const losses = Array.from(features.labels, (label, sample) => {
    const outputs = Array.from({ length: n }, (_, output) =>
      Array.from(
        { length: n },
        (_, feature) =>
          (features.logits[sample * n + feature] ?? NaN) * (kernel[feature * n + output] ?? NaN),
      ).reduce((a, b) => a + b, bias[output] ?? NaN),
    );
    return Math.log(outputs.reduce((sum, output) => sum + Math.exp(output), 0)) - (outputs[label] ?? NaN);
  });
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}

function blobs(samples: number): Predictions {
  const next = pseudoRandom(3);
  const labels = Array.from({ length: samples }, (_, i) => i % 3);
  return featuresOf(
    labels.map((label) =>
      [0, 1, 2].map((feature) => 3 * next() - 1.5 + (feature === (label + 1) % 3 ? 3 : 0)),
    ),
    labels,
  );
}

describe('training the calibration layer', () => {
  const features = featuresOf(
    [
      [1, -2],
      [0.5, 3],
      [-1, 0.25],
    ],
    [0, 1, 1],
  );

  it('starts from small kernels and zero biases that follow the seed', () => {
    const initial = trainCalibration(blobs(3), { ...PAPER_RECIPE, epochs: 0, seed: 1 });
    expect(Array.from(initial.bias)).toEqual([0, 0, 0]);
    expect(Math.max(...initial.kernel.map(Math.abs))).toBeLessThan(0.06);
    expect(new Set(initial.kernel).size).toBe(9);
    expect(trainCalibration(blobs(3), { ...PAPER_RECIPE, epochs: 0, seed: 2 }).kernel).not.toEqual(
      initial.kernel,
    );
  });

  it('takes Nesterov steps along the gradient of the mean cross-entropy, the rate following a cosine per epoch', () => {
    const recipe = { epochs: 0, batchSize: 128, learningRate: 0.2, momentum: 0.5, seed: 4 };
    const start = trainCalibration(features, recipe);
    let parameters = [...start.kernel, ...start.bias];
    const loss = (values: readonly number[]) => lossOf(features, values.slice(0, 4), values.slice(4));
    const gradientAt = (values: readonly number[]) =>
      values.map((_, i) => {
        const moved = (by: number) => loss(values.map((value, j) => (i === j ? value + by : value)));
        return (moved(1e-5) - moved(-1e-5)) / 2e-5;
      });
    const losses: number[] = [];
    let velocity = parameters.map(() => 0);
    for (const rate of [0.2, 0.1]) {
      losses.push(loss(parameters));
      const gradient = gradientAt(parameters);
      velocity = velocity.map((v, i) => 0.5 * v + (gradient[i] ?? NaN));
      parameters = parameters.map((p, i) => p - rate * ((gradient[i] ?? NaN) + 0.5 * (velocity[i] ?? NaN)));
    }
    const trained = trainCalibration(features, { ...recipe, epochs: 2 });
    [...trained.kernel, ...trained.bias].forEach((value, i) =>
      expect(value).toBeCloseTo(parameters[i] ?? NaN, 6),
    );
    trained.losses.forEach((value, epoch) => expect(value).toBeCloseTo(losses[epoch] ?? NaN, 8));
  });

  it('learns to tell classes apart in five epochs, the same way for the same seed', () => {
    const data = blobs(1000);
    const first = trainCalibration(data, { ...PAPER_RECIPE, seed: 42 });
    expect(first.losses).toHaveLength(5);
    expect(first.losses[4]).toBeLessThan((first.losses[0] ?? 0) / 2);
    expect(lossOf(data, first.kernel, first.bias)).toBeLessThan(0.35);
    expect(trainCalibration(data, { ...PAPER_RECIPE, seed: 42 })).toEqual(first);
    expect(trainCalibration(data, { ...PAPER_RECIPE, seed: 43 }).kernel).not.toEqual(first.kernel);
  });

  it('stops where the loss is no number', () => {
    expect(() => trainCalibration(featuresOf([[NaN, 1]], [0]), { ...PAPER_RECIPE, seed: 1 })).toThrow(
      expect.objectContaining({
        code: 'TRAINING_DIVERGED',
        message:
          "The calibration layer's loss is NaN in epoch 1; lower the learning rate or check the two models' outputs.",
      }),
    );
  });
});
