import { ModaError } from '@moda/contracts';
import type { trainDefaults } from '@moda/experiments';
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

/** The library's defaults, said again for the help, which loads no library; the compiler compares them to the letter. */
const defaults: Pick<
  typeof trainDefaults,
  'dataset' | 'method' | 'epochs' | 'batchSize' | 'learningRate' | 'seed' | 'checkpointEvery' | 'initLayout'
> = {
  dataset: 'digits',
  method: 'moda',
  epochs: 200,
  batchSize: 128,
  learningRate: 0.05,
  seed: 42,
  checkpointEvery: 1,
  initLayout: 'pytorch',
};

const largestSeed = 2 ** 32 - 1;

type Training = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['trainModel']>>;

export const train = defineCommand({
  path: ['train'],
  summary: 'train a network, modular or standard',
  details:
    'Trains a network and stores it as a model folder. The defaults are the recipe of the paper (arXiv 2411.01074).\n' +
    'An interrupted run leaves a checkpoint; the same command with --resume goes on to exactly the same weights.',
  examples: [
    'moda train --arch lenet5 --epochs 10 --out models/digits',
    'moda train --arch vgg16 --dataset cifar10 --data-dir data/cifar10 --out models/vgg16',
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
      { min: 1 },
      { describe: 'passes over the training images', aliases: ['n-epochs'] },
    ),
    batchSize: integerOr(defaults.batchSize, { min: 1 }, { describe: 'images per training step' }),
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
      { min: 0, max: largestSeed },
      { describe: 'seed of initial weights, order and augmentation' },
    ),
    classes,
    resume: flag({ describe: 'go on from the checkpoint in --out; from the start where there is none' }),
    checkpointEvery: integerOr(
      defaults.checkpointEvery,
      { min: 1 },
      { describe: 'epochs between checkpoints', aliases: ['checkpoint-every-n-epochs'] },
    ),
    init: optionalText({ describe: 'safetensors file with the initial weights', placeholder: 'file' }),
    initLayout: choice(['pytorch', 'native'], defaults.initLayout, {
      describe: 'names and axes in the file of --init',
    }),
    shuffle: flagOff('shuffle', { describe: 'keep the order of the data set in every epoch' }),
    augment: flagOff('augment', { describe: 'no random crops and flips' }),
    maxSteps: optionalInteger({ min: 1 }, { describe: 'stop after so many training steps' }),
    trainLimit,
    dataloaderNumWorkers,
  },
  run: async ({ method, dataloaderNumWorkers: workers, ...options }, { experiments, context }) => {
    if (method === 'mwt') {
      throw new ModaError(
        'METHOD_NOT_SUPPORTED',
        'Training with --method mwt comes with a later release; choose moda or standard.',
        { method },
      );
    }
    noteUnusedWorkers(workers, context.onProgress);
    return (await experiments()).trainModel({ ...options, method }, context);
  },
  show: (result) =>
    result.finished
      ? drawFacts([
          fact('model', result.path),
          fact('test accuracy', result.accuracy, 'share'),
          fact('parameters', result.parameters, 'count'),
          fact('epochs', result.epochs, 'count'),
          fact('time', result.seconds, 'seconds'),
        ])
      : `Stopped after ${result.epochs} epochs; the same command with --resume goes on from the checkpoint in ${result.path}.` +
        (result.history.length > 0 ? `\n\n${drawTable(epochs(result))}` : ''),
  tables: { epochs },
});

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
