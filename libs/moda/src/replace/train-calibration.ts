import { ModaError } from '@moda/contracts';
import { cosineLearningRate, initialise, type Predictions } from '@moda/nn';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

import type { Calibration } from './repaired-network.js';

/** SGD with Nesterov momentum and a cosine schedule stepped per epoch. */
export interface CalibrationRecipe {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly seed: number;
}

export const PAPER_RECIPE: Omit<CalibrationRecipe, 'seed'> = {
  epochs: 5,
  batchSize: 128,
  learningRate: 0.05,
  momentum: 0.9,
};

export interface TrainedCalibration extends Calibration {
  /** Mean cross-entropy over the batches of each epoch. */
  readonly losses: readonly number[];
}

/**
 * Trains the one dense layer from features to classes with cross-entropy, from kernels of N(0, 0.01) (standard deviation) and
 * biases 0. In float64 on the host: the layer is tiny, and the same features and seed give the same layer everywhere.
 *
 * @param features `[sample, feature]` in `logits`, with the class of each sample; as many features as classes
 * @throws ModaError TRAINING_DIVERGED where the loss is no longer a finite number
 */
export function trainCalibration(features: Predictions, recipe: CalibrationRecipe): TrainedCalibration {
  const { classes, count } = features;
  const layer = new CalibrationLayer(classes, recipe.seed);
  const random = xoroshiro128plus(recipe.seed);
  const order = Array.from({ length: count }, (_, sample) => sample);
  const losses: number[] = [];
  for (let epoch = 0; epoch < recipe.epochs; epoch++) {
    const learningRate = cosineLearningRate(recipe.learningRate, epoch, recipe.epochs);
    for (let i = count - 1; i > 0; i--) {
      const j = uniformInt(random, 0, i);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    const batchLosses: number[] = [];
    for (let start = 0; start < count; start += recipe.batchSize) {
      const batch = order.slice(start, start + recipe.batchSize);
      batchLosses.push(layer.step(features, batch, learningRate, recipe.momentum));
    }
    const loss = batchLosses.reduce((sum, value) => sum + value, 0) / batchLosses.length;
    if (!Number.isFinite(loss)) {
      throw new ModaError(
        'TRAINING_DIVERGED',
        `The calibration layer's loss is ${loss} in epoch ${epoch + 1}; lower the learning rate or check the two models' outputs.`,
        { epoch },
      );
    }
    losses.push(loss);
  }
  return { ...layer.values(), losses };
}

class CalibrationLayer {
  /** Kernel `[feature, class]`, then bias `[class]`. */
  private readonly parameters: Float64Array;
  private readonly velocities: Float64Array;

  constructor(
    private readonly classes: number,
    seed: number,
  ) {
    this.parameters = new Float64Array(classes * (classes + 1));
    this.parameters.set(initialKernel(classes, seed));
    this.velocities = new Float64Array(this.parameters.length);
  }

  /** One step on some samples; returns their mean cross-entropy before it. */
  step(
    { logits, labels }: Predictions,
    batch: readonly number[],
    learningRate: number,
    momentum: number,
  ): number {
    const { classes: n, parameters, velocities } = this;
    const gradient = new Float64Array(parameters.length);
    let loss = 0;
    for (const sample of batch) {
      const features = logits.subarray(sample * n, (sample + 1) * n);
      const label = labels[sample] ?? 0;
      const { probabilities, logSum, outputs } = this.forward(features);
      loss += logSum - (outputs[label] ?? NaN);
      for (let output = 0; output < n; output++) {
        const pull = ((probabilities[output] ?? NaN) - (output === label ? 1 : 0)) / batch.length;
        for (let feature = 0; feature < n; feature++) {
          gradient[feature * n + output]! += pull * features[feature]!;
        }
        gradient[n * n + output]! += pull;
      }
    }
    for (let i = 0; i < parameters.length; i++) {
      velocities[i] = momentum * velocities[i]! + gradient[i]!;
      parameters[i]! -= learningRate * (gradient[i]! + momentum * velocities[i]!);
    }
    return loss / batch.length;
  }

  values(): Calibration {
    const kernelSize = this.classes ** 2;
    return {
      kernel: Float32Array.from(this.parameters.subarray(0, kernelSize)),
      bias: Float32Array.from(this.parameters.subarray(kernelSize)),
    };
  }

  private forward(features: Float32Array) {
    const { classes: n, parameters } = this;
    const outputs = parameters.slice(n * n);
    for (let feature = 0; feature < n; feature++) {
      for (let output = 0; output < n; output++)
        outputs[output]! += features[feature]! * parameters[feature * n + output]!;
    }
    const highest = outputs.reduce((best, value) => Math.max(best, value), -Infinity);
    const sum = outputs.reduce((total, value) => total + Math.exp(value - highest), 0);
    return {
      outputs,
      logSum: highest + Math.log(sum),
      probabilities: outputs.map((value) => Math.exp(value - highest) / sum),
    };
  }
}

function initialKernel(classes: number, seed: number): Float32Array {
  const { parameters } = initialise(
    {
      name: 'calibration',
      input: { height: 1, width: 1, channels: classes },
      operators: [
        { op: 'flatten', name: 'features', inputs: ['input'] },
        {
          op: 'dense',
          name: 'calibration',
          inputs: ['features'],
          channels: { of: classes, kept: Array.from({ length: classes }, (_, label) => label) },
          bias: true,
        },
      ],
    },
    seed,
    'kaimingFanOut',
  );
  return parameters.get('calibration/kernel')?.data ?? new Float32Array();
}
