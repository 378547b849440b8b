import type { ModelSource } from '@moda/module-format';
import type { RunRecord } from '../runs/run-record.js';

/**
 * The runs that a model was made of, by what each gave. A decomposition or a sweep makes no other model: its sources are those of the one it
 * took.
 */
export async function sourcesOf(
  { task }: RunRecord,
  runOf: (id: string) => Promise<RunRecord | undefined>,
): Promise<ReadonlyMap<ModelSource['role'], RunRecord>> {
  if (task.kind === 'decompose' || task.kind === 'sweepTau') {
    const taken = await runOf(task.run);
    return taken === undefined ? new Map() : sourcesOf(taken, runOf);
  }
  const found = new Map<ModelSource['role'], RunRecord>();
  for (const [role, id] of namedSources(task)) {
    const run = await runOf(id);
    if (run !== undefined) found.set(role, run);
  }
  return found;
}

function namedSources(task: RunRecord['task']): readonly (readonly [ModelSource['role'], string])[] {
  if (task.kind === 'compose') return [['base', task.run]];
  if (task.kind !== 'replace') return [];
  return [
    ['weak', task.weak],
    ['strong', task.strong],
  ];
}
