import { defineCommand, type Session } from '../command.js';
import { integerOr, optionalInteger, requiredNumbers } from '../options/kinds.js';
import { dataDir, datasetOfModel, model } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { column, type Table } from '../output/table.js';

type Sweep = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['sweepTau']>>;

const largestSeed = 2 ** 32 - 1;

export const sweep = defineCommand({
  path: ['sweep'],
  summary: 'size, FLOPs and accuracy of the modules for several tau',
  details:
    'Cuts a decomposed model at several thresholds and measures size, overlap, FLOPs and accuracy of the modules.',
  examples: ['moda sweep --model models/digits --tau 0.1,0.5,0.9 --csv > sweep.csv'],
  options: {
    model,
    tau: requiredNumbers(
      { min: 0, max: 1, aboveMin: true },
      {
        describe: 'the thresholds: 0.1,0.5,0.9',
        placeholder: 'list of thresholds',
        aliases: ['activation-rate-threshold'],
      },
    ),
    dataset: datasetOfModel,
    dataDir,
    limit: optionalInteger({ min: 1 }, { describe: 'only the first so many test images' }),
    subtasksPerSize: integerOr(3, { min: 1 }, { describe: 'sub-tasks drawn for each number of classes' }),
    seed: integerOr(42, { min: 0, max: largestSeed }, { describe: 'seed of the choice of sub-tasks' }),
  },
  run: async (options, { experiments, context }) => (await experiments()).sweepTau(options, context),
  show: (result) =>
    `${drawTable(rows(result))}\n\nAccuracy is the mean over ${result.subtasks.length} sub-tasks in all, of every size from two classes up.`,
  tables: { rows },
});

function rows(result: Sweep): Table {
  return {
    columns: [
      column('tau', 'text'),
      column('meanShare', 'share', 'mean size'),
      column('meanOverlap', 'share', 'mean overlap'),
      column('meanFlopsShare', 'share', 'mean FLOPs'),
      column('accuracy', 'share'),
      column('floorHits', 'count', 'floor hits'),
    ],
    rows: result.rows.map((row) => [
      row.tau,
      row.meanShare,
      row.meanOverlap,
      row.meanFlopsShare,
      row.accuracy,
      row.floorHits,
    ]),
  };
}
