import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { readInput } from '../files/read-input.js';
import { historyName } from '../model/model-folder.js';
import type { EpochRecord } from './history.js';

/** What each epoch of a trained model came to. Throws MODEL_INVALID where that was not kept. */
export async function readHistory(path: string): Promise<EpochRecord[]> {
  const file = join(path, historyName);
  const text = new TextDecoder().decode(await readInput(file, 'MODEL_INVALID', 'the learning curves'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (Array.isArray(value) && value.every(isEpochRecord)) return value;
  throw new ModaError('MODEL_INVALID', `The file ${file} does not hold learning curves.`, { path: file });
}

function isEpochRecord(value: unknown): value is EpochRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return ['epoch', 'seconds', 'learningRate', 'crossEntropy', 'total', 'accuracy'].every(
    (key) => typeof record[key] === 'number',
  );
}
