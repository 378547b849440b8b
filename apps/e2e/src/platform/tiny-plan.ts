import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const common = { arch: 'lenet5', dataset: 'digits', epochs: 1, trainLimit: 200, augment: false } as const;

/** The whole experiment in seconds: its stages, not its figures. */
const tinyPlan = {
  standard: { ...common, method: 'standard' },
  modular: { ...common, method: 'moda', gamma: 3 },
  weak: { ...common, method: 'standard', trainLimit: 100, classes: ['3', '5', '6'] },
  tauSweep: [0.9],
  subtasksPerSize: 1,
  repairEpochs: 1,
};

export async function writeTinyPlan(folder: string): Promise<string> {
  const file = join(folder, 'tiny plan.json');
  await writeFile(file, JSON.stringify(tinyPlan));
  return file;
}

/** One whose first training takes minutes, so that there is time to stop it. */
export async function writeLongPlan(folder: string): Promise<string> {
  const file = join(folder, 'long plan.json');
  const standard = { ...tinyPlan.standard, epochs: 2_000, batchSize: 16 };
  await writeFile(file, JSON.stringify({ ...tinyPlan, standard }));
  return file;
}
