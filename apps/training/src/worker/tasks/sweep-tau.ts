import { defaultTau, type RunTask } from '@moda/contracts';
import { decomposeModel, sweepTau } from '@moda/experiments';
import { takeModel } from './take-model.js';
import type { TaskResult, TaskWork } from './task-work.js';

/**
 * What the modules of a model weigh, share and can do at each threshold: figures as `moda sweep` prints them. The model stays as it is, but
 * has its activation rates afterwards.
 */
export async function sweep(
  { run, taus, subtasksPerSize }: Extract<RunTask, { readonly kind: 'sweepTau' }>,
  { spec: { dataDir, trainLimit }, modelOf, out, context }: TaskWork,
): Promise<TaskResult> {
  const { hasRates } = await takeModel(modelOf(run), out);
  // Measuring them is part of decomposing; they are the same for every threshold.
  if (!hasRates) await decomposeModel({ model: out, tau: defaultTau, dataDir, trainLimit }, context);
  return sweepTau({ model: out, tau: taus, subtasksPerSize, dataDir }, context);
}
