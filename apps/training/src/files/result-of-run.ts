import { open } from 'node:fs/promises';
import type { RunRecord } from '../runs/run-record.js';
import type { RunFiles } from '../worker/run-files.js';
import { join } from 'node:path';

/** Figures for a page; what is larger is for a download. */
const maxBytes = 2 ** 20;

type Json = Readonly<Record<string, unknown>>;

/**
 * What a run that succeeded came to, in numbers: what the command of the task's name prints, and for a training the metrics of its model and
 * the history of its epochs; with how well the model does on the test images, where that was measured.
 *
 * @returns undefined where there is nothing yet, or nothing of a size to show
 */
export async function resultOfRun(run: RunRecord, files: RunFiles): Promise<Json | undefined> {
  if (run.state !== 'succeeded') return undefined;
  const evaluation = await readJson(files.evaluation);
  const own =
    run.task.kind === 'train' ? await resultOfTraining(files.model) : await readObject(files.result);
  if (own === undefined && evaluation === undefined) return undefined;
  return { ...own, ...(evaluation !== undefined && { evaluation }) };
}

async function resultOfTraining(model: string): Promise<Json | undefined> {
  const manifest = await readObject(join(model, 'module.json'));
  const history = await readJson(join(model, 'history.json'));
  if (manifest === undefined) return undefined;
  return { metrics: manifest['metrics'] ?? {}, ...(history !== undefined && { history }) };
}

async function readObject(path: string): Promise<Json | undefined> {
  const value = await readJson(path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

async function readJson(path: string): Promise<unknown> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    return size > maxBytes ? undefined : JSON.parse(await file.readFile('utf8'));
  } catch (error) {
    // A torn file says nothing.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}
