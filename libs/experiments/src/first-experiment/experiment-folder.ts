import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { claimOutputFolder } from '../files/output-folder.js';
import { writeAtomically } from '../files/write-atomically.js';

/** Says that a folder belongs to the experiment, which may then clear unfinished parts of it away. */
const markName = 'first-experiment.txt';
const mark = 'This folder belongs to moda first-experiment, which replaces unfinished parts of it.\n';

/**
 * Takes a new or empty folder for the experiment, or goes on in one that it took before.
 *
 */
export async function claimExperimentFolder(path: string): Promise<void> {
  const names = await readdir(path).catch((): string[] => []);
  if (names.includes(markName)) return;
  await claimOutputFolder(path);
  await writeAtomically(join(path, markName), mark);
}
