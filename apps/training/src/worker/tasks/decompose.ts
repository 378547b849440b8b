import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunTask } from '@moda/contracts';
import { decomposeModel } from '@moda/experiments';
import { isTemporary } from '../artifacts.js';
import type { TaskResult, TaskWork } from './task-work.js';

const ratesName = 'rates.safetensors';

/**
 * The same model once more, with the activation rates that say which units each class needs, and what its modules are at the threshold. The
 * modules themselves are cut by whoever wants one: a run that composes one class, or a registry.
 */
export async function decompose(
  { run, tau }: Extract<RunTask, { readonly kind: 'decompose' }>,
  { spec: { dataDir, trainLimit }, modelOf, out, context }: TaskWork,
): Promise<TaskResult> {
  const source = modelOf(run);
  const names = (await readdir(source)).filter((name) => !isTemporary(name));
  await mkdir(out, { recursive: true });
  for (const name of names) await copyFile(join(source, name), join(out, name), constants.COPYFILE_FICLONE);
  // Rates that are there are taken as they are, and no choice of data is theirs any more.
  const measured = names.includes(ratesName) ? {} : { dataDir, trainLimit };
  return decomposeModel({ model: out, tau, ...measured }, context);
}
