import { join } from 'node:path';
import { defineCommand } from '../command.js';
import { flag, optionalText } from '../options/kinds.js';
import { drawTextTable } from '../output/draw-text-table.js';

export const firstExperiment = defineCommand({
  path: ['first-experiment'],
  summary: 'the whole method on real digits, in minutes: what `npm start` does through its services',
  details:
    'Trains one network twice on handwritten digits, standard and modular, cuts both into modules, composes sub-tasks of every ' +
    'size and repairs a weak model. Writes report.json, report.md and pictures. What is already there is not done again; an ' +
    'interrupted run goes on where it stopped.',
  examples: ['moda first-experiment --out experiments/first'],
  options: {
    out: optionalText({
      describe: 'folder for models and report; by default first-experiment under MODA_HOME (.moda)',
      placeholder: 'folder',
    }),
    plan: optionalText({
      describe: 'JSON file with other settings than those of `npm start`; what it leaves out stays',
      placeholder: 'file',
    }),
    once: flag({ describe: 'end when the experiment is done, as it always does at present' }),
  },
  run: async ({ out, plan: planFile }, { experiments, context, machine }) => {
    const { firstExperimentPlan, readPlan, readReport, runFirstExperiment, summaryTables, writeReport } =
      await experiments();
    const folder = out ?? join(machine.home, 'first-experiment');
    const plan = planFile === undefined ? firstExperimentPlan : await readPlan(planFile);
    const known = await readReport(folder, plan);
    if (known) {
      context.onProgress({ type: 'note', message: `Already done: ${folder}` });
      return { ...known.result, tables: summaryTables(known.result), report: known.report };
    }
    const result = await runFirstExperiment(folder, context, plan);
    const report = await writeReport(join(folder, 'report'), result);
    return { ...result, tables: summaryTables(result), report };
  },
  show: ({ tables, report }) =>
    [
      ...tables.map((table) => `${table.title}\n\n${drawTextTable(table)}`),
      `Report: ${report.markdown}`,
    ].join('\n\n'),
});
