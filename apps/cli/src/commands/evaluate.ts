import { defineCommand, type Session } from '../command.js';
import { optionalInteger } from '../options/kinds.js';
import { classes, dataDir, dataloaderNumWorkers, datasetOfModel, model } from '../options/shared.js';
import { noteUnusedWorkers } from '../options/unused-workers.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { column, type Table } from '../output/table.js';

type Evaluation = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['evaluateModel']>>;

/** A wider confusion matrix would not fit a terminal. */
const widestConfusion = 20;

export const evaluate = defineCommand({
  path: ['evaluate'],
  summary: 'accuracy of a model on test images',
  details: 'Measures accuracy, loss, accuracy per class and the confusion matrix of a model on test images.',
  examples: [
    'moda evaluate --model models/digits',
    'moda evaluate --model models/digits --classes 0,3 --json',
  ],
  options: {
    model,
    dataset: datasetOfModel,
    dataDir,
    classes,
    limit: optionalInteger({ min: 1 }, { describe: 'only the first so many test images' }),
    dataloaderNumWorkers,
  },
  run: async ({ dataloaderNumWorkers: workers, ...options }, { experiments, context }) => {
    noteUnusedWorkers(workers, context.onProgress);
    return (await experiments()).evaluateModel(options, context);
  },
  show: (result) => {
    const facts = drawFacts([
      fact('accuracy', result.accuracy, 'share'),
      fact('loss', result.loss, 'number'),
      fact('images', result.count, 'count'),
      fact('device', result.device.name),
    ]);
    const fits = result.perClass.length <= widestConfusion;
    const matrix = fits ? `\n\nTrue class by row, answer by column:\n\n${drawTable(confusion(result))}` : '';
    return `${facts}\n\n${drawTable(perClass(result))}${matrix}`;
  },
  tables: { classes: perClass, confusion },
});

function perClass(result: Evaluation): Table {
  return {
    columns: [
      column('class', 'count'),
      column('name', 'text'),
      column('accuracy', 'share'),
      column('count', 'count', 'images'),
    ],
    rows: result.perClass.map((entry) => [entry.class, entry.name, entry.accuracy, entry.count]),
  };
}

function confusion(result: Evaluation): Table {
  const names = result.perClass.map(({ name }) => name);
  return {
    columns: [column('class', 'text'), ...names.map((name) => column(name, 'count'))],
    rows: result.confusion.map((row, i) => [names[i] ?? String(i), ...row]),
  };
}
