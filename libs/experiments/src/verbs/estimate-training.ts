import { parseTrainSpec, type TrainSpec } from '@moda/contracts';
import { type ImageDataset, limit, noAugmentation } from '@moda/datasets';
import { modularLoss } from '@moda/moda';
import { type DeviceModel, initialise, type Network, predictAll, train } from '@moda/nn';
import type { DeviceReport, TensorBackend } from '@moda/tensor-backend';
import { readParameters } from '../model/read-parameters.js';
import { openDataset } from '../open-dataset.js';
import { resolveArchitecture } from '../resolve-architecture.js';
import type { RunContext } from '../run-context.js';
import { modularitySample } from '../train/modularity.js';
import { momentum } from '../train/train-options.js';
import { trainingMemory } from '../train/training-memory.js';
import { evaluationBatches, evaluationBatchSize, trainingBatches } from '../training-batches.js';
import { withModel } from '../with-model.js';

/** What a run will take on this machine, from its first steps. */
export interface TrainingEstimate {
  readonly device: DeviceReport;
  /** Trainable parameters. */
  readonly parameters: number;
  readonly stepsPerEpoch: number;
  /** Of the whole run. */
  readonly steps: number;
  /** The median of the measured steps, preparation of the batch included. */
  readonly secondsPerStep: number;
  /** Of what follows every epoch: the evaluation on the test images, and some training images to see how modular it is by now. */
  readonly secondsPerEvaluation: number;
  /** Of the whole run. */
  readonly seconds: number;
  /** Of the process that trains. */
  readonly peakMemoryBytes: number;
  /** Of the GPU, where the network is on one. */
  readonly peakGpuBytes?: number;
}

/** The first steps take memory and choose kernels; they are slower than the others. */
const warmUpSteps = 2;
const measuredSteps = 3;

/** Node, TensorFlow and its threads before there is any network: measured on x86-64 Linux. */
const runtimeBytes = 550 * 2 ** 20;

/**
 * Trains the first few steps of a run, evaluates a few images, and says what all of it would take. Writes nothing. Whatever is
 * wrong with the run's network, data or initial weights is found here as it would be by the run itself.
 *
 * @throws ModaError SPEC_INVALID and all that `trainModel` throws for its inputs; the signal's reason where it is aborted
 */
export async function estimateTraining(asked: TrainSpec, context: RunContext): Promise<TrainingEstimate> {
  const spec = parseTrainSpec(asked);
  const dataset = await openDataset(spec);
  const network = await firstNetwork(spec, dataset);
  const backend = await context.backend();
  const { secondsPerStep, secondsPerEvaluation, parameters } = await withModel(
    backend,
    network,
    async (model) => ({
      secondsPerStep: await timeSteps(spec, dataset, backend, model, context.signal),
      secondsPerEvaluation: await timeEvaluation(dataset, backend, model, context.signal),
      parameters: model.trainableCount,
    }),
  );
  const stepsPerEpoch = Math.ceil(dataset.train.count / spec.batchSize);
  const steps = Math.min(spec.epochs * stepsPerEpoch, spec.maxSteps ?? Infinity);
  const memory = trainingMemory(network.architecture, dataset, spec.batchSize);
  const onGpu = backend.device.kind === 'gpu';
  return {
    device: backend.device,
    parameters,
    stepsPerEpoch,
    steps,
    secondsPerStep,
    secondsPerEvaluation,
    seconds: steps * secondsPerStep + Math.floor(steps / stepsPerEpoch) * secondsPerEvaluation,
    peakMemoryBytes: runtimeBytes + memory.host + (onGpu ? 0 : memory.network),
    ...(onGpu ? { peakGpuBytes: memory.network } : {}),
  };
}

async function firstNetwork(spec: TrainSpec, dataset: ImageDataset): Promise<Network> {
  const { height, width, channels } = dataset;
  const input = { height, width, channels };
  const architecture = await resolveArchitecture(spec.arch, input, dataset.classNames.length);
  return spec.init === undefined
    ? initialise(architecture, spec.seed)
    : readParameters(spec.init, architecture, spec.initLayout);
}

/** Seconds of one step: the run's own first steps, as they would be trained. */
async function timeSteps(
  spec: TrainSpec,
  dataset: ImageDataset,
  backend: TensorBackend,
  model: DeviceModel,
  signal: AbortSignal,
): Promise<number> {
  const seconds: number[] = [];
  let start = performance.now();
  const batchOptions = {
    ...spec,
    normalisation: dataset.normalisation,
    augmentation: spec.augment ? dataset.augmentation : noAugmentation,
  };
  const steps = warmUpSteps + measuredSteps;
  await train(backend, model, {
    // Few images may make several epochs of so few steps.
    epochs: Math.max(spec.epochs, steps),
    maxSteps: steps,
    learningRate: spec.learningRate,
    momentum,
    ...(spec.method === 'moda' ? { loss: modularLoss(spec) } : {}),
    input: dataset,
    stepsPerEpoch: Math.ceil(dataset.train.count / spec.batchSize),
    batches: (epoch, fromStep) => trainingBatches(dataset.train, batchOptions, epoch, fromStep),
    onEvent: async ({ type }) => {
      model.synchronise();
      if (type === 'step') seconds.push((performance.now() - start) / 1000);
      // Lets signals in: the step itself never waits.
      await new Promise(setImmediate);
      start = performance.now();
    },
    signal,
  });
  signal.throwIfAborted();
  return medianOf(seconds.slice(warmUpSteps));
}

/** Seconds of what is measured after an epoch, from one batch of test images, after one that is not timed. */
async function timeEvaluation(
  dataset: ImageDataset,
  backend: TensorBackend,
  model: DeviceModel,
  signal: AbortSignal,
): Promise<number> {
  const few = limit(dataset.test, Math.min(evaluationBatchSize, dataset.test.count));
  let seconds = 0;
  for (let pass = 0; pass < 2; pass++) {
    const start = performance.now();
    await predictAll(backend, model, dataset, evaluationBatches(few, dataset.normalisation), signal);
    seconds = (performance.now() - start) / 1000;
  }
  const images = dataset.test.count + modularitySample(dataset.train).length;
  return (seconds * images) / Math.max(few.count, 1);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
