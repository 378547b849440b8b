import { ModaError } from '@moda/contracts';
import type { TensorBackend } from '@moda/tensor-backend';
import type { BatchLosses, DeviceModel } from '../execution/device-model.js';
import type { ImageShape } from '../graph/architecture.js';
import type { ActivationLoss } from './activation-loss.js';
import type { Batch } from './batch.js';
import { cosineLearningRate } from './schedule.js';

/** Where a run stands: `step` steps of epoch `epoch` are done, and their losses are summed up. */
export interface TrainingPosition {
  readonly epoch: number;
  readonly step: number;
  readonly sums: LossSums;
}

/** Sums over the steps of the epoch so far; `terms` by name. */
export interface LossSums {
  readonly steps: number;
  readonly crossEntropy: number;
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
}

export interface EpochLosses {
  readonly crossEntropy: number;
  readonly total: number;
  readonly terms: Readonly<Record<string, number>>;
}

export type TrainingEvent =
  | {
      readonly type: 'step';
      readonly position: TrainingPosition;
      readonly steps: number;
      readonly losses: BatchLosses;
    }
  | {
      readonly type: 'epoch';
      readonly position: TrainingPosition;
      /** Mean over the batches of the epoch, a smaller last batch counting as one. */
      readonly losses: EpochLosses;
      readonly learningRate: number;
    };

export interface TrainingOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly loss?: ActivationLoss;
  readonly input: ImageShape;
  /** Steps in a whole epoch. */
  readonly stepsPerEpoch: number;
  /** The batches of an epoch from a step on, always the same for the same epoch: this is what makes a run resumable. */
  readonly batches: (epoch: number, fromStep: number) => Iterable<Batch>;
  /** Ends the run after so many steps in all. */
  readonly maxSteps?: number;
  readonly start?: TrainingPosition;
  /** Called after every step and every epoch; the run waits for it. Throw or abort the signal to stop between steps. */
  readonly onEvent?: (event: TrainingEvent) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export const firstPosition: TrainingPosition = {
  epoch: 0,
  step: 0,
  sums: { steps: 0, crossEntropy: 0, total: 0, terms: {} },
};

/**
 * Trains a model in place by the paper's recipe: SGD with Nesterov momentum, cosine annealing per epoch. Returns where it
 * stopped: `epoch === epochs` when it is done, earlier when the signal was aborted or `maxSteps` reached.
 *
 * Throws TRAINING_DIVERGED when the loss is no longer a number.
 */
export async function train(
  backend: TensorBackend,
  model: DeviceModel,
  options: TrainingOptions,
): Promise<TrainingPosition> {
  let position = options.start ?? firstPosition;
  while (position.epoch < options.epochs) {
    const learningRate = cosineLearningRate(options.learningRate, position.epoch, options.epochs);
    for (const batch of options.batches(position.epoch, position.step)) {
      if (options.signal?.aborted || stepsDone(position, options) >= (options.maxSteps ?? Infinity))
        return position;
      const losses = trainOnBatch(backend, model, batch, learningRate, options);
      checkFinite(losses, position);
      position = { ...position, step: position.step + 1, sums: addLosses(position.sums, losses) };
      await options.onEvent?.({ type: 'step', position, steps: options.stepsPerEpoch, losses });
    }
    checkWeights(model, position);
    const losses = meanLosses(position.sums);
    position = { ...firstPosition, epoch: position.epoch + 1 };
    await options.onEvent?.({ type: 'epoch', position, losses, learningRate });
  }
  return position;
}

/** Mean of each loss over the steps summed up. */
export function meanLosses(sums: LossSums): EpochLosses {
  const mean = (value: number): number => (sums.steps === 0 ? 0 : value / sums.steps);
  return {
    crossEntropy: mean(sums.crossEntropy),
    total: mean(sums.total),
    terms: Object.fromEntries(Object.entries(sums.terms).map(([name, sum]) => [name, mean(sum)])),
  };
}

function stepsDone(position: TrainingPosition, options: TrainingOptions): number {
  return position.epoch * options.stepsPerEpoch + position.step;
}

function trainOnBatch(
  backend: TensorBackend,
  model: DeviceModel,
  batch: Batch,
  learningRate: number,
  { input, loss, momentum }: TrainingOptions,
): BatchLosses {
  const images = backend.tf.tensor4d(batch.images, [batch.size, input.height, input.width, input.channels]);
  try {
    return model.trainStep(images, batch.labels, loss, { learningRate, momentum });
  } finally {
    images.dispose();
  }
}

function addLosses(sums: LossSums, losses: BatchLosses): LossSums {
  const terms = losses.terms.map(({ name, mean }) => [name, (sums.terms[name] ?? 0) + mean] as const);
  return {
    steps: sums.steps + 1,
    crossEntropy: sums.crossEntropy + losses.crossEntropy,
    total: sums.total + losses.total,
    terms: Object.fromEntries(terms),
  };
}

function checkFinite(losses: BatchLosses, { epoch, step }: TrainingPosition): void {
  if (Number.isFinite(losses.total)) return;
  throw diverged(`The loss became ${losses.total} in epoch ${epoch + 1}, step ${step + 1}`, epoch);
}

function checkWeights(model: DeviceModel, { epoch }: TrainingPosition): void {
  if (model.isFinite()) return;
  throw diverged(`Some weights were no longer numbers after epoch ${epoch + 1}`, epoch);
}

function diverged(fact: string, epoch: number): ModaError {
  return new ModaError(
    'TRAINING_DIVERGED',
    `${fact}: lower the learning rate or the weights of the loss terms, or check the data for values that are not numbers.`,
    { epoch },
  );
}
