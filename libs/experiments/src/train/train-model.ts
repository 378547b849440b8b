import type { ImageDataset } from '@moda/datasets';
import { noAugmentation } from '@moda/datasets';
import { modularLoss } from '@moda/moda';
import {
  type ActivationLoss,
  type Architecture,
  type DeviceModel,
  evaluatePredictions,
  type Evaluation,
  initialise,
  type Network,
  openModel,
  predictAll,
  train,
  type TrainingEvent,
  type TrainingPosition,
} from '@moda/nn';
import type { TensorBackend } from '@moda/tensor-backend';
import { claimOutputFolder } from '../files/output-folder.js';
import { manifestOfTraining } from '../model/manifest-of-training.js';
import { unfinishedNames, writeModel } from '../model/model-folder.js';
import { readParameters } from '../model/read-parameters.js';
import { openDataset } from '../open-dataset.js';
import { resolveArchitecture } from '../resolve-architecture.js';
import type { RunContext } from '../run-context.js';
import { evaluationBatches, trainingBatches } from '../training-batches.js';
import {
  type Checkpoint,
  checkpointNames,
  holdsCheckpoint,
  readCheckpoint,
  removeCheckpoints,
  writeCheckpoint,
} from './checkpoint.js';
import type { EpochRecord } from './history.js';
import { measureModularity, modularitySample } from './modularity.js';
import { identityOf, momentum, specOf, type TrainOptions } from './train-options.js';

export interface TrainResult {
  /** The model's folder. */
  readonly path: string;
  /** False where the run was stopped; a checkpoint is there then, and no model. */
  readonly finished: boolean;
  readonly epochs: number;
  /** On the test images, 0..1. */
  readonly accuracy: number | null;
  readonly parameters: number;
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
}

/**
 * Trains a network by the paper's recipe and stores it as a model folder. Stops between two steps when the signal is aborted,
 * leaving a checkpoint from which `resume` continues to exactly the weights of an undisturbed run.
 *
 * @throws ModaError SPEC_INVALID before anything is read or made
 */
export async function trainModel(asked: TrainOptions, context: RunContext): Promise<TrainResult> {
  const options = { ...specOf(asked), out: asked.out, resume: asked.resume };
  const dataset = await openDataset(options);
  const { height, width, channels } = dataset;
  const input = { height, width, channels };
  const architecture = await resolveArchitecture(options.arch, input, dataset.classNames.length);
  // Read before anything is made, so that a wrong file leaves no folder behind.
  const given =
    options.init === undefined
      ? undefined
      : await readParameters(options.init, architecture, options.initLayout);
  await claimOutputFolder(options.out, options.resume ? await resumableNames(options.out) : [], resumeHints);
  const run = identityOf(options);
  const warn = (message: string): void => context.onProgress({ type: 'warning', message });
  const checkpoint = options.resume ? await readCheckpoint(options.out, run, warn) : undefined;
  const network: Network = checkpoint
    ? { architecture, parameters: checkpoint.parameters }
    : (given ?? initialise(architecture, options.seed));
  const backend = await context.backend();
  const model = openModel(backend, network);
  try {
    if (checkpoint) model.restoreVelocities(checkpoint.velocities);
    return await new TrainingRun(
      options,
      context,
      dataset,
      architecture,
      backend,
      model,
      run,
      checkpoint,
    ).toEnd();
  } finally {
    model.dispose();
  }
}

/** A checkpoint is hours of work: nobody should be told to remove it without knowing what it is good for. */
const resumeHints = Object.fromEntries(
  checkpointNames.map((name) => [name, 'add --resume to go on from it, ']),
);

/** What may be in a folder in which a run goes on: beside a checkpoint also what it wrote of its model when it was killed. */
async function resumableNames(folder: string): Promise<readonly string[]> {
  return (await holdsCheckpoint(folder)) ? [...checkpointNames, ...unfinishedNames] : checkpointNames;
}

/** One run while it is under way. */
class TrainingRun {
  private readonly history: EpochRecord[];
  private readonly loss: ActivationLoss | undefined;
  private readonly stepsPerEpoch: number;
  private readonly modularityImages: Uint32Array;
  private epochStart = performance.now();

  constructor(
    private readonly options: TrainOptions,
    private readonly context: RunContext,
    readonly dataset: ImageDataset,
    readonly architecture: Architecture,
    private readonly backend: TensorBackend,
    readonly model: DeviceModel,
    private readonly identity: string,
    private readonly checkpoint: Checkpoint | undefined,
  ) {
    this.history = [...(checkpoint?.history ?? [])];
    this.loss = options.method === 'moda' ? modularLoss(options) : undefined;
    this.stepsPerEpoch = Math.ceil(dataset.train.count / options.batchSize);
    this.modularityImages = modularitySample(dataset.train);
  }

  async toEnd(): Promise<TrainResult> {
    const { options, dataset } = this;
    const started = performance.now();
    const batchOptions = {
      ...options,
      normalisation: dataset.normalisation,
      augmentation: options.augment ? dataset.augmentation : noAugmentation,
    };
    const position = await train(this.backend, this.model, {
      epochs: options.epochs,
      learningRate: options.learningRate,
      momentum,
      ...(this.loss ? { loss: this.loss } : {}),
      input: dataset,
      stepsPerEpoch: this.stepsPerEpoch,
      batches: (epoch, fromStep) => trainingBatches(dataset.train, batchOptions, epoch, fromStep),
      ...(options.maxSteps === undefined ? {} : { maxSteps: options.maxSteps }),
      ...(this.checkpoint ? { start: this.checkpoint.position } : {}),
      onEvent: (event) => this.onEvent(event),
      signal: this.context.signal,
    });
    const stopped = this.context.signal.aborted && position.epoch < options.epochs;
    // Before the model too: a run that is killed while it writes the model goes on from here.
    await this.saveCheckpoint(position);
    if (!stopped) await this.saveModel();
    return {
      path: options.out,
      finished: !stopped,
      epochs: position.epoch,
      accuracy: this.history.at(-1)?.accuracy ?? null,
      parameters: this.model.trainableCount,
      seconds: (performance.now() - started) / 1000,
      history: this.history,
    };
  }

  private async onEvent(event: TrainingEvent): Promise<void> {
    const { options } = this;
    const { epoch, step } = event.position;
    if (event.type === 'step') {
      const terms = event.losses.terms.map(({ name, mean }) => [name, mean] as const);
      const values = { crossEntropy: event.losses.crossEntropy, ...Object.fromEntries(terms) };
      this.report(epoch * this.stepsPerEpoch + step, values);
      // Lets signals in: the step itself never waits.
      await new Promise(setImmediate);
      return;
    }
    const { accuracy, perClass } = await this.evaluation();
    const modularity = await measureModularity(this.backend, this, this.modularityImages);
    const { terms, ...losses } = event.losses;
    const seconds = (performance.now() - this.epochStart) / 1000;
    this.epochStart = performance.now();
    this.history.push({
      epoch,
      seconds,
      learningRate: event.learningRate,
      ...losses,
      ...terms,
      accuracy,
      ...modularity,
      perClass,
    });
    this.report(epoch * this.stepsPerEpoch, {
      crossEntropy: losses.crossEntropy,
      ...terms,
      accuracy,
      ...modularity,
    });
    if (epoch < options.epochs && epoch % options.checkpointEvery === 0)
      await this.saveCheckpoint(event.position);
  }

  private report(done: number, values: Readonly<Record<string, number>>): void {
    const { arch, dataset, epochs, method } = this.options;
    const total = epochs * this.stepsPerEpoch;
    this.context.onProgress({
      type: 'task',
      label: `Training ${arch} on ${dataset} (${method})`,
      done,
      total,
      unit: 'steps',
      values,
    });
  }

  /** On the test images. */
  private async evaluation(): Promise<Evaluation> {
    const batches = evaluationBatches(this.dataset.test, this.dataset.normalisation);
    const predictions = await predictAll(this.backend, this.model, this.dataset, batches);
    return evaluatePredictions(predictions);
  }

  private async saveCheckpoint(position: TrainingPosition): Promise<void> {
    await writeCheckpoint(this.options.out, {
      parameters: this.model.toNetwork().parameters,
      velocities: this.model.velocities(),
      position,
      history: this.history,
      run: this.identity,
    });
  }

  private async saveModel(): Promise<void> {
    const { backend, dataset, history, options } = this;
    const network = this.model.toNetwork();
    const manifest = manifestOfTraining({ options, dataset, network, history, device: backend.device });
    await writeModel(options.out, { network, manifest, history });
    await removeCheckpoints(options.out);
  }
}
