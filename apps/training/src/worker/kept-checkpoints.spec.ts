import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepCheckpoint, keptCheckpoint, keptEpochs, maxKept, thin } from './kept-checkpoints.js';
import { type RunFiles, runFiles } from './run-files.js';

let files: RunFiles;
beforeEach(async () => {
  files = runFiles(await mkdtemp(join(tmpdir(), 'moda-kept-')));
  mkdirSync(files.model);
});
afterEach(() => rm(files.folder, { recursive: true, force: true }));

const newest = () => join(files.model, 'checkpoint.safetensors');
async function write(text: string): Promise<void> {
  // As a checkpoint is replaced: by another file of the same name.
  await rm(newest(), { force: true });
  await writeFile(newest(), text);
}

describe('the checkpoints that a run keeps', () => {
  it('are none before the first', async () => {
    expect(await keptEpochs(files)).toEqual([]);
  });

  it('stay as they were when the run goes on, and cost no copy', async () => {
    for (const epoch of [1, 2, 10]) {
      await write(`after ${epoch}`);
      keepCheckpoint(files, epoch);
    }
    expect(await keptEpochs(files)).toEqual([1, 2, 10]);
    expect(await readFile(keptCheckpoint(files, 2), 'utf8')).toBe('after 2');
    expect((await stat(keptCheckpoint(files, 10))).ino).toBe((await stat(newest())).ino);
  });

  it('are kept once: the first of an epoch stays', async () => {
    await write('at the end of epoch 1');
    keepCheckpoint(files, 1);
    await write('stopped in epoch 2');
    keepCheckpoint(files, 1);
    expect(await readFile(keptCheckpoint(files, 1), 'utf8')).toBe('at the end of epoch 1');
  });

  it('are thinned out evenly in a long run', async () => {
    for (let epoch = 1; epoch <= 100; epoch += 1) {
      await write(`after ${epoch}`);
      keepCheckpoint(files, epoch);
    }
    const epochs = await keptEpochs(files);
    expect(epochs).toHaveLength(maxKept);
    expect(epochs.at(-1)).toBe(100);
    expect(await readdir(files.checkpoints)).toHaveLength(maxKept);
  });
});

describe('thinning', () => {
  it('leaves gaps of which none is more than four times another, and the newest, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.integer({ min: 3, max: 12 }), (length, most) => {
        let kept: number[] = [];
        for (let epoch = 1; epoch <= length; epoch += 1) {
          const all = [...kept, epoch];
          const gone = thin(all, most);
          kept = all.filter((each) => !gone.includes(each));
        }
        expect(kept).toHaveLength(Math.min(length, most));
        expect(kept.at(-1)).toBe(length);
        const gaps = kept.slice(0, -1).map((epoch, i) => epoch - (kept[i - 1] ?? 0));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * Math.min(...gaps));
      }),
    );
  });
});
