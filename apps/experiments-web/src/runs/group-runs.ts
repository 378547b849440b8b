import type { RunRowFragment } from '../graphql/generated/operations';
import { meanAndDeviation, type MeanAndDeviation } from './mean-and-deviation';
import { runFacts } from './run-facts';

/** Runs that differ in nothing but their seed. */
export interface RunGroup {
  /** Stays the same while more runs come: the configuration itself. */
  readonly key: string;
  /** As they came; one at least. */
  readonly runs: readonly RunRowFragment[];
  readonly accuracy: MeanAndDeviation | undefined;
  readonly seconds: MeanAndDeviation | undefined;
}

/** Groups in the order of the first run of each. */
export function groupRuns(rows: readonly RunRowFragment[]): readonly RunGroup[] {
  const groups = new Map<string, RunRowFragment[]>();
  for (const row of rows) {
    const key = configurationKey(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].map(([key, runs]) => ({
    key,
    runs,
    accuracy: meanAndDeviation(runs.map((run) => runFacts(run).accuracy)),
    seconds: meanAndDeviation(runs.map((run) => runFacts(run).seconds)),
  }));
}

/** The spec without its seed, and the task without the runs it names: those differ from seed to seed, too. */
export function configurationKey({ spec, task }: Pick<RunRowFragment, 'spec' | 'task'>): string {
  const without = (record: Readonly<Record<string, unknown>>, left: readonly string[]) =>
    Object.entries(record)
      .filter(([name]) => !left.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([without(spec, ['seed']), without(task, ['run', 'weak', 'strong'])]);
}
