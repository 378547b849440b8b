import { readFile } from 'node:fs/promises';
import { parseRunTask, type RunTask, trainTask } from '@moda/contracts';
import type { RunFiles } from '../run-files.js';

/** What the run does: training, where its folder says nothing else. */
export async function readTask({ task }: Pick<RunFiles, 'task'>): Promise<RunTask> {
  let text: string;
  try {
    text = await readFile(task, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return trainTask;
    throw error;
  }
  return parseRunTask(JSON.parse(text));
}
