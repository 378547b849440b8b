import { defineCommand, type Session } from '../command.js';
import { integerOr, requiredText } from '../options/kinds.js';
import { imageSize } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { column, type Table } from '../output/table.js';

type Times = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['benchStep']>>;

const largestSeed = 2 ** 32 - 1;

export const benchStep = defineCommand({
  path: ['bench', 'step'],
  summary: 'time of a training step, standard and modular in alternation',
  details:
    'Times whole training steps (forward, loss, backward, update), standard and modular in alternation, on noise.',
  examples: ['moda bench step --arch vgg16 --batch-size 128 --steps 8'],
  options: {
    arch: requiredText({
      describe: 'architecture: vgg16, resnet18, mobilenet, lenet5, compact, or a path to a .json file',
      placeholder: 'architecture',
    }),
    batchSize: integerOr(128, { min: 1 }, { describe: 'images per training step' }),
    steps: integerOr(8, { min: 1 }, { describe: 'timed steps of each kind, after one that is not timed' }),
    input: imageSize('size of the images, 32x32x3 when left out'),
    seed: integerOr(42, { min: 0, max: largestSeed }, { describe: 'seed of the initial weights' }),
  },
  run: async (options, { experiments, context }) => (await experiments()).benchStep(options, context),
  show: (result) =>
    `${drawFacts([
      fact('architecture', result.arch),
      fact('batch', result.batchSize, 'count'),
      fact('device', result.device.name),
      fact('peak memory, MiB', result.peakMiB, 'count'),
    ])}\n\n${drawTable(times(result))}`,
  tables: { times },
});

function times({ standard, moda }: Times): Table {
  return {
    columns: [column('method', 'text'), column('best', 'seconds'), column('median', 'seconds')],
    rows: [
      ['standard', standard.best, standard.median],
      ['moda', moda.best, moda.median],
    ],
  };
}
