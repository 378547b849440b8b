import { evaluateModel, type RunContext } from '@moda/experiments';
import type { TrainSpec } from '@moda/contracts';
import { writeDurably } from './write-durably.js';

/** Tries a model on the test images: accuracy, accuracy of each class, confusion matrix. */
export async function evaluateInto(
  path: string,
  model: string,
  { dataDir }: Pick<TrainSpec, 'dataDir'>,
  context: RunContext,
): Promise<void> {
  const { device: _apart, ...evaluation } = await evaluateModel({ model, dataDir }, context);
  await writeDurably(path, JSON.stringify(evaluation));
}
