import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TrainingOutcome } from '../finished-model.js';
import type { RunFiles } from '../run-files.js';

/** A loss that is no number is written as null; that of a file of earlier versions is absent. */
const evaluationSchema = z.object({ accuracy: z.number(), loss: z.number().nullish() });

/** How a whole model does on the test images, out of what its evaluation wrote; what that does not tell is left out. */
export async function outcomeOnTests({
  evaluation,
}: Pick<RunFiles, 'evaluation'>): Promise<Pick<TrainingOutcome, 'accuracy' | 'crossEntropy'>> {
  const told = evaluationSchema.safeParse(JSON.parse(await readFile(evaluation, 'utf8'))).data;
  if (told === undefined) return {};
  return { accuracy: told.accuracy, ...(told.loss == null ? {} : { crossEntropy: told.loss }) };
}
