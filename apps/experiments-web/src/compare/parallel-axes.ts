import { formatAccuracy, formatCount, formatNumber, formatSeconds } from '@moda/ui';
import type { ParallelAxis } from '@moda/ui/charts';
import type { RunRowFragment } from '../graphql/generated/operations';
import { settingName, settingText } from '../run/spec-items';
import { runFacts } from '../runs/run-facts';
import { configurationDiff } from './configuration-diff';

type Value = ParallelAxis['values'][number];

interface Outcome {
  readonly key: 'accuracy' | 'crossEntropy' | 'parameters' | 'seconds';
  readonly label: string;
  readonly unit?: string;
  readonly format: (value: number) => string;
}

/** What runs come to, in the order of the table of outcomes. */
const outcomes: readonly Outcome[] = [
  { key: 'accuracy', label: 'Accuracy', format: formatAccuracy },
  { key: 'crossEntropy', label: 'Cross-entropy', format: formatNumber },
  { key: 'parameters', label: 'Parameters', format: formatCount },
  { key: 'seconds', label: 'Time', unit: 's', format: formatSeconds },
];

/**
 * An axis for each setting in which the runs differ, and behind them one for each outcome that any of them has. None where no setting
 * differs: then there is nothing that an outcome could come of.
 */
export function parallelAxes(runs: readonly RunRowFragment[]): readonly ParallelAxis[] {
  const differing = configurationDiff(runs).filter(({ differs }) => differs);
  if (differing.length === 0) return [];
  const settings = differing.map(({ key }): ParallelAxis => {
    const [part, name] = partsOf(key);
    return { id: key, label: labelOf(part, name, runs), values: runs.map((run) => valueOf(run[part][name])) };
  });
  return [...settings, ...outcomes.flatMap((outcome) => outcomeAxis(outcome, runs))];
}

/** `spec.gamma` -> `spec` and `gamma`. */
function partsOf(key: string): readonly ['spec' | 'task', string] {
  const [part = '', ...name] = key.split('.');
  return [part === 'task' ? 'task' : 'spec', name.join('.')];
}

/** A setting that the training has as well is that of the task: the classes of a training, and those that were composed. */
function labelOf(part: 'spec' | 'task', name: string, runs: readonly RunRowFragment[]): string {
  const label = settingName(name);
  return part === 'task' && runs.some(({ spec }) => name in spec) ? `${label} of the task` : label;
}

/** Numbers stay numbers; everything else is told in the words of the table of settings. */
function valueOf(setting: unknown): Value {
  if (setting === undefined || setting === null) return null;
  return typeof setting === 'number' ? setting : settingText(setting);
}

function outcomeAxis({ key, ...outcome }: Outcome, runs: readonly RunRowFragment[]): readonly ParallelAxis[] {
  const values = runs.map((run) => runFacts(run)[key]);
  return values.some((value) => value !== null) ? [{ id: key, ...outcome, strong: true, values }] : [];
}
