import { defineCommand, type Session } from '../command.js';
import { model, tau } from '../options/shared.js';
import { drawTable } from '../output/draw-table.js';
import { drawFacts, fact } from '../output/facts.js';
import { moduleColumns, moduleRow } from '../output/module-table.js';
import { column, type Table } from '../output/table.js';

type Analysis = Awaited<ReturnType<Awaited<ReturnType<Session['experiments']>>['analyzeModel']>>;

/** A wider matrix would not fit a terminal. */
const widestMatrix = 20;

export const analyze = defineCommand({
  path: ['analyze'],
  summary: "sizes of a model's modules and what they share",
  details:
    'Says how large each module of a decomposed model is and how many parameters every two modules share.',
  examples: ['moda analyze --model models/digits', 'moda analyze --model models/digits --csv overlap'],
  options: { model, tau },
  run: async (options, { experiments, context }) => (await experiments()).analyzeModel(options, context),
  show: (result) => {
    const facts = drawFacts([
      fact('tau', String(result.tau)),
      fact('parameters', result.parameters, 'count'),
      fact('FLOPs per image', result.flops, 'count'),
      fact('mean module size', result.meanShare, 'share'),
      fact('mean module overlap', result.meanOverlap, 'share'),
      fact('the same with batch statistics', result.meanOverlapWithStatistics, 'share'),
      fact('mean shared part of two modules', result.meanJaccard, 'share'),
    ]);
    const fits = result.modules.length <= widestMatrix;
    const shared = fits
      ? `\n\nParameters that two modules share, % of the model:\n\n${drawTable(overlap(result))}`
      : '';
    return `${facts}\n\n${drawTable(modules(result))}${shared}`;
  },
  tables: { modules, overlap, jaccard, layers },
});

function modules(result: Analysis): Table {
  return { columns: moduleColumns, rows: result.modules.map(moduleRow) };
}

function overlap(result: Analysis): Table {
  return matrix(result, result.overlap);
}

/** Parameters that both modules have, as a share of those that either has. */
function jaccard(result: Analysis): Table {
  return matrix(result, result.jaccard);
}

function layers(result: Analysis): Table {
  return {
    columns: [
      column('layer', 'text'),
      column('units', 'count'),
      column('meanKept', 'share', 'kept by a module'),
      column('meanOverlap', 'share', 'kept by two modules'),
    ],
    rows: result.layers.map(({ name, units, meanKept, meanOverlap }) => [name, units, meanKept, meanOverlap]),
  };
}

function matrix({ modules }: Analysis, values: readonly (readonly number[])[]): Table {
  const names = modules.map(({ name }) => name);
  return {
    columns: [
      column('class', 'text'),
      ...names.map((name) => ({ ...column(name, 'share'), unitElsewhere: true })),
    ],
    rows: values.map((row, i) => [names[i] ?? String(i), ...row]),
  };
}
