import { defineCommand, type Session } from '../command.js';
import { choice, integerOr, numberOr, optionalText, requiredText } from '../options/kinds.js';
import { dataDir, dataloaderNumWorkers, out, tau, trainLimit } from '../options/shared.js';
import { noteUnusedWorkers } from '../options/unused-workers.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { column, type Table } from '../output/table.js';

type Replacement = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['replaceClass']>>;

const largestSeed = 2 ** 32 - 1;

export const replace = defineCommand({
  path: ['replace'],
  summary: "repair a weak model's class with a strong model's module",
  details:
    'Takes the module of one class from a strong, decomposed model and lets it answer for that class in a weak model.\n' +
    'moda trains one small layer on top of both; cnnsplitter compares their scores without training.',
  examples: ['moda replace --weak models/weak --strong models/strong --class 3 --out models/repaired'],
  options: {
    weak: requiredText({ describe: 'folder of the model to repair', placeholder: 'model folder' }),
    strong: requiredText({
      describe: 'folder of the model that has the module',
      placeholder: 'model folder',
    }),
    class: requiredText({
      describe: 'class to repair, by number or name in the weak model',
      placeholder: 'class',
      aliases: ['target-class'],
    }),
    strongClass: optionalText({
      describe: 'the same class in the strong model, where number or name differs',
      placeholder: 'class',
    }),
    strategy: choice(['moda', 'cnnsplitter'], 'moda', {
      describe: 'how the two models are joined',
      aliases: ['repair-strategy'],
    }),
    dataset: optionalText({
      describe: 'data set: digits, mnist, cifar10 or cifar100; the one of the weak model when left out',
      placeholder: 'data set',
    }),
    dataDir,
    trainLimit,
    tau,
    out,
    epochs: integerOr(5, { min: 1 }, { describe: 'passes over the training images', aliases: ['n-epochs'] }),
    learningRate: numberOr(
      0.05,
      { min: 0, aboveMin: true },
      { describe: 'first learning rate', aliases: ['lr'] },
    ),
    batchSize: integerOr(128, { min: 1 }, { describe: 'images per training step' }),
    seed: integerOr(
      42,
      { min: 0, max: largestSeed },
      { describe: 'seed of the new layer and the order of the images' },
    ),
    dataloaderNumWorkers,
  },
  run: async ({ dataloaderNumWorkers: workers, ...options }, { experiments, context }) => {
    noteUnusedWorkers(workers, context.onProgress);
    return (await experiments()).replaceClass(options, context);
  },
  show: (result) =>
    `${drawFacts([
      fact('model', result.path),
      fact('strategy', result.strategy),
      fact('added parameters', result.addedParameters, 'count'),
      fact('added FLOPs per image', result.addedFlops, 'count'),
    ])}\n\n${drawTable(accuracies(result))}`,
  tables: { accuracies },
});

function accuracies({ before, after }: Replacement): Table {
  return {
    columns: [
      column('classes', 'text'),
      column('before', 'share'),
      column('after', 'share'),
      column('change', 'share', 'change, points of'),
    ],
    rows: [
      ['repaired class', before.target, after.target, difference(before.target, after.target)],
      ['mean of the others', before.others, after.others, difference(before.others, after.others)],
    ],
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
