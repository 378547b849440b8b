import type { RunTask } from '@moda/contracts';
import { decomposeModel } from '@moda/experiments';
import { takeModel } from './take-model.js';
import type { TaskResult, TaskWork } from './task-work.js';

/**
 * The same model once more, with the activation rates that say which units each class needs, and what its modules are at the threshold. The
 * modules themselves are cut by whoever wants one: a run that composes one class, or a registry.
 */
export async function decompose(
  { run, tau }: Extract<RunTask, { readonly kind: 'decompose' }>,
  { spec: { dataDir, trainLimit }, modelOf, out, context }: TaskWork,
): Promise<TaskResult> {
  const { hasRates } = await takeModel(modelOf(run), out);
  // Rates that are there are taken as they are, and no choice of data is theirs any more.
  const measured = hasRates ? {} : { dataDir, trainLimit };
  return decomposeModel({ model: out, tau, ...measured }, context);
}
