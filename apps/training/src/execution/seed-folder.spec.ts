import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseTrainSpec } from '@moda/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointPosition } from '../worker/checkpoint-position.js';
import { runFiles } from '../worker/run-files.js';
import { readTask } from '../worker/tasks/read-task.js';
import type { RunRecord } from '../runs/run-record.js';
import { seedFolder } from './seed-folder.js';

const spec = parseTrainSpec({ arch: 'lenet5' });

let folder: string;
const filesOf = (id: string) => runFiles(join(folder, id));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-seed-'));
  await mkdir(filesOf('child').folder);
  await mkdir(filesOf('parent').folder);
  await writeFile(filesOf('parent').spec, JSON.stringify(spec));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A checkpoint without weights. */
async function checkpoint(path: string, epoch: number, step = 0): Promise<void> {
  const header = Buffer.from(JSON.stringify({ __metadata__: { position: JSON.stringify({ epoch, step }) } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.concat([length, header]));
}
const newest = () => join(filesOf('parent').model, 'checkpoint.safetensors');
const kept = (epoch: number) => join(filesOf('parent').checkpoints, `epoch-${epoch}.safetensors`);

function seed(epoch: number | undefined, given: Partial<RunRecord> = {}): Promise<void> {
  const parent = epoch === undefined ? undefined : { runId: 'parent', epoch };
  const run = { id: 'child', spec, task: { kind: 'train' }, parent, ...given } as RunRecord;
  return seedFolder(run, filesOf('child'), filesOf);
}
const start = () => checkpointPosition(filesOf('child').start);

describe('the folder of a run', () => {
  it('gets its spec', async () => {
    await seed(undefined);
    expect(JSON.parse(await readFile(filesOf('child').spec, 'utf8'))).toEqual(spec);
  });

  it('gets its task where it is another than training', async () => {
    await seed(undefined);
    await expect(readFile(filesOf('child').task)).rejects.toThrow('ENOENT');
    await rm(filesOf('child').spec);
    const task = { kind: 'decompose', run: 'parent', tau: 0.5 } as const;
    await seed(undefined, { task });
    expect(await readTask(filesOf('child'))).toEqual(task);
  });

  it('gets the checkpoint of an older epoch, for the run that it was forked from keeps it', async () => {
    await checkpoint(kept(1), 1);
    await checkpoint(newest(), 3);
    await seed(1);
    expect(await start()).toEqual({ epoch: 1, step: 0 });
  });

  it('gets the steps behind the epoch too where it goes on as the other run was, and not where it does otherwise', async () => {
    await checkpoint(kept(2), 2);
    await checkpoint(newest(), 2, 5);
    await seed(2);
    expect(await start()).toEqual({ epoch: 2, step: 5 });
    await rm(filesOf('child').folder, { recursive: true });
    await mkdir(filesOf('child').folder);
    await seed(2, { spec: { ...spec, learningRate: 0.5 } });
    expect(await start()).toEqual({ epoch: 2, step: 0 });
  });

  it('is refused a checkpoint that is no longer there, with those that are', async () => {
    await checkpoint(kept(2), 2);
    await checkpoint(kept(4), 4);
    await expect(seed(3)).rejects.toMatchObject({
      code: 'CHECKPOINT_UNKNOWN',
      message: 'Run parent does not have its checkpoint of epoch 3 any more; fork it from epoch 2, 4.',
    });
    expect(await readdir(filesOf('child').folder)).toEqual([]);
  });

  it('is refused a checkpoint without a whole header', async () => {
    await mkdir(filesOf('parent').model);
    await writeFile(newest(), 'torn');
    await expect(seed(1)).rejects.toMatchObject({ code: 'CHECKPOINT_UNKNOWN' });
  });
});
