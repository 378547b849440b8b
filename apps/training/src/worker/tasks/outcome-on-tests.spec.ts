import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOfTask } from './outcome-of-task.js';
import { outcomeOnTests } from './outcome-on-tests.js';
import type { DerivingTask } from './perform-task.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-outcome-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, content: object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(content));
  return path;
}

describe('What a run came to on the test images', () => {
  it('is the accuracy and the mean cross-entropy of its evaluation', async () => {
    const evaluation = await written('evaluation.json', { accuracy: 0.75, loss: 0.61, count: 4 });
    expect(await outcomeOnTests({ evaluation })).toEqual({ accuracy: 0.75, crossEntropy: 0.61 });
  });

  it.each([
    ['is no number', { accuracy: 0.1, loss: NaN }],
    ['was not told', { accuracy: 0.1 }],
  ])('has no cross-entropy where that %s', async (_what, content) => {
    const evaluation = await written('evaluation.json', content);
    expect(await outcomeOnTests({ evaluation })).toEqual({ accuracy: 0.1 });
  });

  it('is told of every network but one for some classes, whose task is an easier one', async () => {
    const evaluation = await written('evaluation.json', { accuracy: 0.99, loss: 0.02 });
    const result = await written('result.json', { parameters: 120 });
    const outcome = (task: DerivingTask) => outcomeOfTask(task, { evaluation, result });
    expect(await outcome({ kind: 'compose', run: 'a', classes: ['1'], tau: 0.9 })).toEqual({
      parameters: 120,
    });
    expect(await outcome({ kind: 'decompose', run: 'a', tau: 0.9 })).toEqual({
      accuracy: 0.99,
      crossEntropy: 0.02,
    });
  });
});
