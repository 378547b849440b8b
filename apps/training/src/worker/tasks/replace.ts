import { replaceDefaults, type RunTask } from '@moda/contracts';
import { replaceClass } from '@moda/experiments';
import { modelName, type TaskResult, type TaskWork } from './task-work.js';

/** A weak model with a module of a strong one in the place of what it said of one class. */
export async function replace(
  { weak, strong, class: target, strongClass, strategy, tau }: Extract<RunTask, { readonly kind: 'replace' }>,
  { spec: { dataDir, trainLimit }, modelOf, out, context }: TaskWork,
): Promise<TaskResult> {
  const result = await replaceClass(
    {
      ...replaceDefaults,
      weak: modelOf(weak),
      strong: modelOf(strong),
      class: target,
      strongClass,
      strategy,
      tau,
      dataDir,
      trainLimit,
      out,
    },
    context,
  );
  return { ...result, path: modelName };
}
