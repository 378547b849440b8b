import type { RunTask } from '@moda/contracts';
import { composeModel } from '@moda/experiments';
import { modelName, type TaskResult, type TaskWork } from './task-work.js';

/** A smaller network for some classes: byte for byte what `moda compose` makes of the same model. */
export async function compose(
  { run, classes, tau }: Extract<RunTask, { readonly kind: 'compose' }>,
  { modelOf, out, context }: TaskWork,
): Promise<TaskResult> {
  const result = await composeModel({ model: modelOf(run), classes, tau, out }, context);
  return { ...result, path: modelName };
}
