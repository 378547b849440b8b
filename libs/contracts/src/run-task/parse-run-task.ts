import { nearestName } from '../nearest-name.js';
import { checkSpec, specInvalid } from '../run-spec/spec-issues.js';
import { type RunTask, type RunTaskKind, runTaskSchemas } from './run-task.js';

/**
 * A whole task from what anyone asked for: fields checked, defaults filled in, absent ones left out. Whether its runs and classes are
 * there is not known here.
 *
 * @throws ModaError SPEC_INVALID, whose sentence names the field and the way on; details as those of `parseTrainSpec`
 */
export function parseRunTask(value: unknown): RunTask {
  const kind = kindOf(value);
  return checkSpec(value, runTaskSchemas[kind], names[kind]) as RunTask;
}

const names: Readonly<Record<RunTaskKind, string>> = {
  train: 'A training',
  decompose: 'A decomposition',
  compose: 'A composition',
  replace: 'A replacement',
  sweepTau: 'A sweep over tau',
};

function kindOf(value: unknown): RunTaskKind {
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind;
  const kinds = Object.keys(runTaskSchemas) as RunTaskKind[];
  const found = kinds.find((known) => known === kind);
  if (found !== undefined) return found;
  const nearest = typeof kind === 'string' ? nearestName(kind, kinds) : undefined;
  const way = nearest === undefined ? `give one of ${kinds.join(', ')}` : `perhaps ${nearest} is meant`;
  throw specInvalid([{ path: 'kind', message: `The kind of a task is missing or unknown; ${way}.` }]);
}
