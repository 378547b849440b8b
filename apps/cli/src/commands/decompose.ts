import { defineCommand, type Session } from '../command.js';
import { optionalText } from '../options/kinds.js';
import { dataDir, datasetOfModel, model, tau, trainLimit } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { moduleColumns, moduleRow } from '../output/module-table.js';
import { column, type Table } from '../output/table.js';

type Decomposition = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['decomposeModel']>>;

export const decompose = defineCommand({
  path: ['decompose'],
  summary: 'cut a model into one module per class',
  details:
    'Measures how often every unit is active for every class, stores these rates with the model, and cuts the model into\n' +
    'one real, smaller network per class. Another --tau later needs no new measurement.',
  examples: ['moda decompose --model models/digits --out modules/digits'],
  options: {
    model,
    dataset: datasetOfModel,
    dataDir,
    tau,
    out: optionalText({
      describe: 'folder that takes one model folder per class; without it only the rates are stored',
      placeholder: 'folder',
    }),
    trainLimit,
  },
  run: async (options, { experiments, context }) => (await experiments()).decomposeModel(options, context),
  show: (result) =>
    `${drawFacts([
      fact('tau', String(result.tau)),
      fact(
        'activation rates',
        result.ratesMeasured ? 'measured now and stored with the model' : 'taken from the model',
      ),
    ])}\n\n${drawTable(modules(result))}`,
  tables: { modules, units },
});

function modules(result: Decomposition): Table {
  const stored = result.modules.some(({ path }) => path !== undefined);
  return {
    columns: [...moduleColumns, ...(stored ? [column('path', 'text')] : [])],
    rows: result.modules.map((module) => [...moduleRow(module), ...(stored ? [module.path ?? null] : [])]),
  };
}

/** How many units of each layer every module keeps. */
function units(result: Decomposition): Table {
  return {
    columns: [
      column('layer', 'text'),
      column('units', 'count'),
      ...result.modules.map(({ name }) => column(name, 'count')),
    ],
    rows: result.layers.map((layer, i) => [
      layer.name,
      layer.units,
      ...result.modules.map(({ kept }) => kept[i]?.length ?? null),
    ]),
  };
}
