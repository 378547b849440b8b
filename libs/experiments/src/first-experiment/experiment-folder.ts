import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { canonicalJson } from '@moda/module-format';
import { claimOutputFolder } from '../files/output-folder.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { FirstExperimentPlan } from './plan.js';

/** Says that a folder belongs to the experiment, which may then clear unfinished parts of it away, and to which plan. */
const markName = 'first-experiment.txt';
const mark = 'This folder belongs to moda first-experiment, which replaces unfinished parts of it.\n\n';

/**
 * Takes a new or empty folder for the experiment, or goes on in one that it took before for the same plan.
 *
 * @throws ModaError OUTPUT_EXISTS where the folder holds something else, or an experiment with other settings
 */
export async function claimExperimentFolder(path: string, plan: FirstExperimentPlan): Promise<void> {
  const names = await readdir(path).catch((): string[] => []);
  const content = mark + canonicalJson(plan);
  if (!names.includes(markName)) {
    await claimOutputFolder(path);
    await writeAtomically(join(path, markName), content);
    return;
  }
  if ((await readFile(join(path, markName), 'utf8')) === content) return;
  throw new ModaError(
    'OUTPUT_EXISTS',
    `The folder ${path} holds an experiment with other settings; remove it, or choose another --out.`,
    { path },
  );
}
