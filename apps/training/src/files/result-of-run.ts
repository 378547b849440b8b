import type { RunRecord } from '../runs/run-record.js';

/** Reads a small file of a run by its name; undefined where there is none. */
export type ReadSmall = (name: string) => Promise<Uint8Array | undefined>;

type Json = Readonly<Record<string, unknown>>;

/**
 * What a run that succeeded came to, in numbers: what the command of the task's name prints, and for a training the metrics of its model and
 * the history of its epochs; with how well the model does on the test images, where that was measured.
 *
 * @returns undefined where there is nothing yet, or nothing of a size to show
 */
export async function resultOfRun(run: RunRecord, read: ReadSmall): Promise<Json | undefined> {
  if (run.state !== 'succeeded') return undefined;
  const evaluation = await readJson(read, 'evaluation.json');
  const own =
    run.task.kind === 'train' ? await resultOfTraining(read) : await readObject(read, 'result.json');
  if (own === undefined && evaluation === undefined) return undefined;
  return { ...own, ...(evaluation !== undefined && { evaluation }) };
}

async function resultOfTraining(read: ReadSmall): Promise<Json | undefined> {
  const manifest = await readObject(read, 'model/module.json');
  const history = await readJson(read, 'model/history.json');
  if (manifest === undefined) return undefined;
  return { metrics: manifest['metrics'] ?? {}, ...(history !== undefined && { history }) };
}

async function readObject(read: ReadSmall, name: string): Promise<Json | undefined> {
  const value = await readJson(read, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

async function readJson(read: ReadSmall, name: string): Promise<unknown> {
  const bytes = await read(name);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    // A torn file says nothing.
    return undefined;
  }
}
