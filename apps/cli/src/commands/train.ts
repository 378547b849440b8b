import {
  ModaError,
  parseTrainSpec,
  trainDefaults as defaults,
  trainSpecLimits as limits,
} from '@moda/contracts';
import { defineCommand, type Session } from '../command.js';
import {
  choice,
  flag,
  flagOff,
  integerOr,
  numberOr,
  optionalInteger,
  optionalText,
  requiredText,
  textOr,
} from '../options/kinds.js';
import {
  alpha,
  beta,
  classes,
  dataDir,
  dataloaderNumWorkers,
  datasetNames,
  gamma,
  out,
  trainLimit,
} from '../options/shared.js';
import { noteUnusedWorkers } from '../options/unused-workers.js';
import { drawFacts, fact } from '../output/facts.js';
import { drawTable } from '../output/draw-table.js';
import { column, type Table } from '../output/table.js';

type Library = Awaited<ReturnType<Session['experiments']>>;
type Training = Awaited<ReturnType<Library['trainModel']>>;
type Estimate = Awaited<ReturnType<Library['estimateTraining']>>;

export const train = defineCommand({
  path: ['train'],
  summary: 'train a network, modular or standard',
  details:
    'Trains a network and stores it as a model folder. The defaults are the recipe of the paper (arXiv 2411.01074).\n' +
    'An interrupted run leaves a checkpoint; the same command with --resume goes on to exactly the same weights.\n' +
    'With --dry-run nothing is written.',
  examples: [
    'moda train --arch lenet5 --epochs 10 --out models/digits',
    'moda train --arch vgg16 --dataset cifar10 --data-dir data/cifar10 --out models/vgg16',
    'moda train --arch vgg16 --epochs 20 --out models/vgg16 --dry-run',
  ],
  options: {
    arch: requiredText({
      describe: 'architecture: vgg16, resnet18, mobilenet, lenet5, compact, or a path to a .json file',
      placeholder: 'architecture',
      aliases: ['model'],
    }),
    dataset: textOr(defaults.dataset, { describe: `data set: ${datasetNames}`, placeholder: 'data set' }),
    dataDir,
    method: choice(['moda', 'standard', 'mwt'], defaults.method, { describe: 'training method' }),
    out,
    epochs: integerOr(
      defaults.epochs,
      { min: 1, max: limits.epochs },
      { describe: 'passes over the training images', aliases: ['n-epochs'] },
    ),
    batchSize: integerOr(
      defaults.batchSize,
      { min: 1, max: limits.batchSize },
      { describe: 'images per training step' },
    ),
    learningRate: numberOr(
      defaults.learningRate,
      { min: 0, aboveMin: true },
      { describe: 'first learning rate; it falls to 0 over the run by a cosine', aliases: ['lr'] },
    ),
    alpha,
    beta,
    gamma,
    seed: integerOr(
      defaults.seed,
      { min: 0, max: limits.seed },
      { describe: 'seed of initial weights, order and augmentation' },
    ),
    classes,
    resume: flag({ describe: 'go on from the checkpoint in --out; from the start where there is none' }),
    checkpointEvery: integerOr(
      defaults.checkpointEvery,
      { min: 1, max: limits.epochs },
      { describe: 'epochs between checkpoints', aliases: ['checkpoint-every-n-epochs'] },
    ),
    init: optionalText({ describe: 'safetensors file with the initial weights', placeholder: 'file' }),
    initLayout: choice(['pytorch', 'native'], defaults.initLayout, {
      describe: 'names and axes in the file of --init',
    }),
    shuffle: flagOff('shuffle', { describe: 'keep the order of the data set in every epoch' }),
    augment: flagOff('augment', { describe: 'no random crops and flips' }),
    maxSteps: optionalInteger(
      { min: 1, max: limits.maxSteps },
      { describe: 'stop after so many training steps' },
    ),
    trainLimit,
    dataloaderNumWorkers,
    dryRun: flag({
      describe: 'train the first steps only, say how long all of it would take, and write nothing',
    }),
  },
  run: async (
    { method, dataloaderNumWorkers: workers, out, resume, dryRun, ...options },
    { experiments, context },
  ): Promise<Training | Estimate> => {
    if (method === 'mwt') {
      throw new ModaError(
        'METHOD_NOT_SUPPORTED',
        'Training with --method mwt comes with a later release; choose moda or standard.',
        { method },
      );
    }
    noteUnusedWorkers(workers, context.onProgress);
    const spec = parseTrainSpec({ ...options, method });
    const library = await experiments();
    return dryRun
      ? library.estimateTraining(spec, context)
      : library.trainModel({ ...spec, out, resume }, context);
  },
  show: (result) => (isEstimate(result) ? drawEstimate(result) : drawTraining(result)),
  tables: { epochs: (result) => (isEstimate(result) ? estimateTable(result) : epochs(result)) },
});

function isEstimate(result: Training | Estimate): result is Estimate {
  return 'secondsPerStep' in result;
}

function drawEstimate(estimate: Estimate): string {
  const { device, peakGpuBytes } = estimate;
  return drawFacts([
    fact('device', device.name),
    fact('parameters', estimate.parameters, 'count'),
    fact('steps', estimate.steps, 'count'),
    fact('time of a step', estimate.secondsPerStep, 'seconds'),
    fact('time of an evaluation', estimate.secondsPerEvaluation, 'seconds'),
    fact('time in all', estimate.seconds, 'seconds'),
    fact('peak memory, MiB', inMiB(estimate.peakMemoryBytes), 'count'),
    ...(peakGpuBytes === undefined
      ? []
      : [fact('peak memory of the GPU, MiB', inMiB(peakGpuBytes), 'count')]),
  ]);
}

/** The figures of a dry run in one row, for `--csv`. */
function estimateTable(estimate: Estimate): Table {
  return {
    columns: [
      column('steps', 'count'),
      column('secondsPerStep', 'seconds'),
      column('secondsPerEvaluation', 'seconds'),
      column('seconds', 'seconds'),
      column('peakMemoryBytes', 'count'),
      column('peakGpuBytes', 'count'),
    ],
    rows: [
      [
        estimate.steps,
        estimate.secondsPerStep,
        estimate.secondsPerEvaluation,
        estimate.seconds,
        estimate.peakMemoryBytes,
        estimate.peakGpuBytes ?? null,
      ],
    ],
  };
}

function inMiB(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

function drawTraining(result: Training): string {
  if (result.finished) {
    return drawFacts([
      fact('model', result.path),
      fact('test accuracy', result.accuracy, 'share'),
      fact('parameters', result.parameters, 'count'),
      fact('epochs', result.epochs, 'count'),
      fact('time', result.seconds, 'seconds'),
    ]);
  }
  return (
    `Stopped after ${result.epochs} epochs; the same command with --resume goes on from the checkpoint in ${result.path}.` +
    (result.history.length > 0 ? `\n\n${drawTable(epochs(result))}` : '')
  );
}

function epochs({ history }: Training): Table {
  return {
    columns: [
      column('epoch', 'count'),
      column('seconds', 'seconds', 'time'),
      column('learningRate', 'number', 'learning rate'),
      column('total', 'number', 'loss'),
      column('crossEntropy', 'number', 'cross entropy'),
      column('affinity', 'number'),
      column('dispersion', 'number'),
      column('compactness', 'number'),
      column('accuracy', 'share'),
    ],
    rows: history.map((epoch) => [
      epoch.epoch,
      epoch.seconds,
      epoch.learningRate,
      epoch.total,
      epoch.crossEntropy,
      epoch.affinity ?? null,
      epoch.dispersion ?? null,
      epoch.compactness ?? null,
      epoch.accuracy,
    ]),
  };
}
