import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunTask } from '@moda/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../runs/run-record.js';
import { type RunFiles, runFiles } from '../worker/run-files.js';
import { type ReadSmall, resultOfRun } from './result-of-run.js';
import { smallFiles } from './small-file.js';

let files: RunFiles;
beforeEach(async () => {
  files = runFiles(await mkdtemp(join(tmpdir(), 'moda-result-')));
  await mkdir(files.model);
});
afterEach(() => rm(files.folder, { recursive: true, force: true }));

/** Of the archive. */
const archived = new Map<string, string>();
const archive = {
  file: async (_id: string, name: string) => {
    const text = archived.get(name);
    const changedAt = new Date();
    return text === undefined ? undefined : { name, sizeBytes: text.length, digest: undefined, changedAt };
  },
  async *read(_id: string, name: string) {
    yield Buffer.from(archived.get(name) ?? '');
  },
};
const read: ReadSmall = (name) => smallFiles(archive, 'a', files.folder)(name);

const run = (kind: RunTask['kind'], state = 'succeeded') => ({ state, task: { kind } }) as RunRecord;
const inModel = (name: string, value: unknown) => writeFile(join(files.model, name), JSON.stringify(value));

describe('the figures of a run', () => {
  it('are those of its model and its epochs where it was a training', async () => {
    await inModel('module.json', { metrics: { accuracy: 0.5 }, classes: [] });
    expect(await resultOfRun(run('train'), read)).toEqual({ metrics: { accuracy: 0.5 } });
    await inModel('history.json', [{ epoch: 1 }]);
    await writeFile(files.evaluation, '{"accuracy":0.5}');
    expect(await resultOfRun(run('train'), read)).toEqual({
      metrics: { accuracy: 0.5 },
      history: [{ epoch: 1 }],
      evaluation: { accuracy: 0.5 },
    });
  });

  it('are what its command prints where it was another task', async () => {
    await inModel('module.json', { metrics: { accuracy: 0.5 } });
    await writeFile(files.result, '{"tau":0.9}');
    expect(await resultOfRun(run('compose'), read)).toEqual({ tau: 0.9 });
  });

  it('are read from the archive where the folder is gone', async () => {
    await rm(files.folder, { recursive: true });
    archived.set('result.json', '{"tau":0.5}').set('evaluation.json', '{"accuracy":0.5}');
    expect(await resultOfRun(run('compose'), read)).toEqual({ tau: 0.5, evaluation: { accuracy: 0.5 } });
    archived.set('result.json', `{"units":"${'x'.repeat(2 ** 20)}"}`);
    expect(await resultOfRun(run('compose'), read)).toEqual({ evaluation: { accuracy: 0.5 } });
    archived.clear();
    await mkdir(files.folder);
  });

  it.each([
    ['before it has succeeded', '{"tau":0.9}', 'running'],
    ['that are torn', '{"tau":0.', 'succeeded'],
    ['that are no object', '[1]', 'succeeded'],
    ['that are too many to show', JSON.stringify({ units: 'x'.repeat(2 ** 20) }), 'succeeded'],
  ])('are none %s', async (_when, text, state) => {
    await writeFile(files.result, text);
    expect(await resultOfRun(run('compose', state), read)).toBeUndefined();
  });
});
