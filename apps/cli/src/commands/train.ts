import { defineCommand, type Session } from '../command.js';
import { flag } from '../options/kinds.js';
import { dataloaderNumWorkers, out } from '../options/shared.js';
import { trainSpecOf, trainSpecOptions } from '../options/train-spec.js';
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
    ...trainSpecOptions,
    out,
    resume: flag({ describe: 'go on from the checkpoint in --out; from the start where there is none' }),
    dataloaderNumWorkers,
    dryRun: flag({
      describe: 'train the first steps only, say how long all of it would take, and write nothing',
    }),
  },
  run: async (
    { dataloaderNumWorkers: workers, out, resume, dryRun, ...options },
    { experiments, context },
  ): Promise<Training | Estimate> => {
    const spec = trainSpecOf(options);
    noteUnusedWorkers(workers, context.onProgress);
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
      column('moduleShare', 'share', 'module share'),
      column('moduleOverlap', 'share', 'module overlap'),
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
      epoch.moduleShare ?? null,
      epoch.moduleOverlap ?? null,
    ]),
  };
}
