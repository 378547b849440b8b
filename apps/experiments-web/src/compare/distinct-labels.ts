import type { RunRowFragment } from '../graphql/generated/operations';
import { runLabel } from '../runs/run-facts';

/** Names of the runs, with the beginning of the id where two have the same. */
export function distinctLabels(runs: readonly RunRowFragment[]): readonly string[] {
  const names = runs.map(runLabel);
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${runs[index]!.id.slice(0, 6)}`,
  );
}
