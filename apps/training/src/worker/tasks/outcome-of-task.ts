import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TrainingOutcome } from '../finished-model.js';
import type { RunFiles } from '../run-files.js';
import { outcomeOnTests } from './outcome-on-tests.js';
import type { DerivingTask } from './perform-task.js';

const sizeSchema = z.object({ parameters: z.int().nonnegative() });

/**
 * What a task came to, in the words that trainings have for it. Accuracy and cross-entropy of a network for some classes stay out: beside
 * those of whole models they would look like the best of all.
 */
export async function outcomeOfTask(
  { kind }: DerivingTask,
  { result, evaluation }: Pick<RunFiles, 'result' | 'evaluation'>,
): Promise<TrainingOutcome> {
  if (kind === 'compose') return sizeSchema.safeParse(await readJson(result)).data ?? {};
  return outcomeOnTests({ evaluation });
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
