import type { RunRowFragment } from '../graphql/generated/operations';
import { runFacts, runLabel } from './run-facts';

/** What one column of the run table says, without how it is drawn. */
export interface RunColumn {
  readonly key: string;
  readonly header: string;
  readonly unit?: string;
  readonly numeric: boolean;
  /** Width at least (px). */
  readonly width: number;
  /** Shown where nobody chose. */
  readonly usual: boolean;
  /** What is sorted by, exported and, unless a column has its own drawing, shown. */
  readonly value: (row: RunRowFragment) => string | number | null;
}

/** All columns, in the order in which they stand. */
export const runColumns: readonly RunColumn[] = [
  text('name', 'Run', 190, (row) => runLabel(row)),
  text('state', 'State', 150, ({ state }) => state),
  number('progress', 'Progress', 130, ({ progressShare }) => progressShare),
  number('accuracy', 'Accuracy', 120, (row) => runFacts(row).accuracy),
  { ...number('crossEntropy', 'Cross-entropy', 125, (row) => runFacts(row).crossEntropy), usual: false },
  text('experiment', 'Experiment', 150, ({ experimentName }) => experimentName),
  text('what', 'What', 100, (row) => runFacts(row).what),
  text('network', 'Network', 110, (row) => runFacts(row).network),
  text('dataset', 'Data set', 100, (row) => runFacts(row).dataset),
  text('method', 'Method', 100, (row) => runFacts(row).method),
  number('seed', 'Seed', 80, (row) => runFacts(row).seed),
  { ...number('alpha', 'Alpha', 80, (row) => runFacts(row).alpha), usual: false },
  { ...number('beta', 'Beta', 80, (row) => runFacts(row).beta), usual: false },
  number('gamma', 'Gamma', 85, (row) => runFacts(row).gamma),
  number('epochs', 'Epochs', 85, (row) => runFacts(row).epochs),
  number('parameters', 'Parameters', 115, (row) => runFacts(row).parameters),
  { ...number('seconds', 'Time', 130, (row) => runFacts(row).seconds), unit: 's' },
  text('device', 'Device', 200, ({ device }) => device),
  { ...text('tags', 'Tags', 150, ({ tags }) => (tags.length === 0 ? null : tags.join(', '))), usual: false },
  { ...text('user', 'By', 100, ({ user }) => user), usual: false },
  { ...text('id', 'Id', 290, ({ id }) => id), usual: false },
  text('created', 'Created', 170, ({ createdAt }) => createdAt),
];

/** The columns that are shown: those named, in their usual order and always with the run itself; the usual ones where none are. */
export function shownColumns(keys: readonly string[]): readonly RunColumn[] {
  if (keys.length === 0) return runColumns.filter(({ usual }) => usual);
  return runColumns.filter(({ key }) => key === 'name' || keys.includes(key));
}

function text(key: string, header: string, width: number, value: RunColumn['value']): RunColumn {
  return { key, header, width, numeric: false, usual: true, value };
}

function number(key: string, header: string, width: number, value: RunColumn['value']): RunColumn {
  return { key, header, width, numeric: true, usual: true, value };
}
