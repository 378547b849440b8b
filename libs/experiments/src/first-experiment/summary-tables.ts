import type { FirstExperimentResult } from './result.js';

/** A table as text, for a terminal or a report; numbers are already in the form people read. */
export interface TextTable {
  readonly title: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The outcome in five tables, the method's promise beside what was measured. */
export function summaryTables(result: FirstExperimentResult): TextTable[] {
  return [
    trainingTable(result),
    modulesTable(result),
    subtasksTable(result),
    sweepTable(result),
    repairTable(result),
  ];
}

function trainingTable({ standard, modular, modules }: FirstExperimentResult): TextTable {
  const last = (of: typeof modular) => of.history.at(-1);
  const row = (of: typeof modular, analysis: typeof modules.modular): string[] => [
    of.method === 'moda' ? 'modular' : 'standard',
    percent(of.accuracy, 2),
    seconds(of.seconds),
    percent(analysis.meanShare),
    percent(analysis.meanFlopsShare),
    percent(analysis.meanOverlap),
    number(last(of)?.affinity),
    number(last(of)?.dispersion),
    number(last(of)?.compactness),
  ];
  return {
    title: 'Two trainings of the same network, cut into modules the same way',
    headers: [
      'training',
      'accuracy %',
      'time s',
      'mean module %',
      'mean FLOPs %',
      'mean overlap %',
      'affinity loss',
      'dispersion loss',
      'compactness loss',
    ],
    rows: [row(standard, modules.standard), row(modular, modules.modular)],
  };
}

function modulesTable({ classes, modules }: FirstExperimentResult): TextTable {
  return {
    title: 'Ten modules: share of the parameters of the whole network',
    headers: ['class', 'parameters', 'modular %', 'FLOPs %', 'standard %', 'floor hits'],
    rows: classes.map((name, index) => {
      const own = modules.modular.modules[index];
      const other = modules.standard.modules[index];
      return [
        name,
        (own?.parameters ?? 0).toLocaleString('en'),
        percent(own?.share ?? 0),
        percent(own?.flopsShare ?? 0),
        percent(other?.share ?? 0),
        String(own?.floorHits ?? 0),
      ];
    }),
  };
}

function subtasksTable({ subtasks }: FirstExperimentResult): TextTable {
  return {
    title: 'Composed sub-tasks, nothing trained, beside the whole standard network on the same classes',
    headers: ['classes', 'sub-tasks', 'composed %', 'standard %', 'difference', 'parameters %', 'FLOPs %'],
    rows: subtasks.map((row) => [
      String(row.size),
      String(row.subtasks.length),
      percent(row.accuracy, 2),
      percent(row.standardAccuracy, 2),
      signed(row.accuracy - row.standardAccuracy),
      percent(row.parametersShare),
      percent(row.flopsShare),
    ]),
  };
}

function sweepTable({ tauSweep }: FirstExperimentResult): TextTable {
  return {
    title: 'The threshold tau: smaller modules or safer ones',
    headers: ['tau', 'mean module %', 'mean FLOPs %', 'mean overlap %', 'reuse accuracy %', 'floor hits'],
    rows: tauSweep.map((row) => [
      String(row.tau),
      percent(row.meanShare),
      percent(row.meanFlopsShare),
      percent(row.meanOverlap),
      percent(row.accuracy, 2),
      String(row.floorHits),
    ]),
  };
}

function repairTable({ repair }: FirstExperimentResult): TextTable {
  return {
    title: `A weak LeNet5 whose class ${repair[0]?.name ?? ''} is replaced by the module`,
    headers: [
      'strategy',
      'class before %',
      'after %',
      'gain',
      'others before %',
      'after %',
      'change',
      'added parameters',
    ],
    rows: repair.map(({ strategy, before, after, addedParameters }) => [
      strategy,
      percent(before.target ?? 0),
      percent(after.target ?? 0),
      signed((after.target ?? 0) - (before.target ?? 0)),
      percent(before.others ?? 0),
      percent(after.others ?? 0),
      signed((after.others ?? 0) - (before.others ?? 0)),
      addedParameters.toLocaleString('en'),
    ]),
  };
}

function percent(share: number, digits = 1): string {
  return (100 * share).toFixed(digits);
}

/** Percentage points with their sign. */
function signed(difference: number): string {
  const points = (100 * difference).toFixed(2);
  return difference >= 0 ? `+${points}` : points;
}

function seconds(value: number): string {
  return value.toFixed(0);
}

function number(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3);
}
