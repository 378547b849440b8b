import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TrainingOutcome } from '../finished-model.js';
import type { RunFiles } from '../run-files.js';
import type { DerivingTask } from './perform-task.js';

const sizeSchema = z.object({ parameters: z.int().nonnegative() });
const accuracySchema = z.object({ accuracy: z.number() });

/**
 * What a task came to, in the words that trainings have for it. The accuracy of a network for some classes stays out: beside those of whole
 * models it would look like the best of all.
 */
export async function outcomeOfTask(
  { kind }: DerivingTask,
  { result, evaluation }: Pick<RunFiles, 'result' | 'evaluation'>,
): Promise<TrainingOutcome> {
  if (kind === 'compose') return sizeSchema.safeParse(await readJson(result)).data ?? {};
  return accuracySchema.safeParse(await readJson(evaluation)).data ?? {};
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
