import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel } from '../model/model-folder.js';
import type { ProgressEvent, RunContext } from '../run-context.js';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { readHistory } from './read-history.js';
import { trainModel } from './train-model.js';
import { trainDefaults, type TrainOptions } from './train-options.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** 4 steps an epoch. */
const small = { ...trainDefaults, arch: 'lenet5', batchSize: 16, trainLimit: 64, epochs: 3 } as const;

function at(name: string, options: Partial<TrainOptions> = {}): TrainOptions {
  return { ...small, ...options, out: join(folder, name) };
}

function weights(name: string): Promise<Buffer> {
  return readFile(join(folder, name, 'weights.safetensors'));
}

/** What each epoch came to, but for the time that it took. */
async function curvesOf(name: string): Promise<object[]> {
  return (await readHistory(join(folder, name))).map(({ seconds: _apart, ...measured }) => measured);
}

/** A context that asks to stop after so many steps. */
function stoppingAfter(steps: number): RunContext {
  const controller = new AbortController();
  const context = quietContext(controller.signal);
  const onProgress = (event: ProgressEvent): void => {
    if (event.type === 'task' && event.done >= steps) controller.abort();
  };
  return { ...context, onProgress };
}

describe('training a model', () => {
  it('leaves a whole model folder with its card, its curves and what it was trained with', async () => {
    const result = await trainModel(at('whole'), quietContext());
    expect(result).toMatchObject({ finished: true, epochs: 3, parameters: 61_706 });
    expect((await readdir(join(folder, 'whole'))).sort()).toEqual([
      'README.md',
      'history.json',
      'module.json',
      'weights.safetensors',
    ]);
    const { manifest } = await readModel(join(folder, 'whole'));
    expect(manifest.training).toMatchObject({
      method: 'moda',
      alpha: 1,
      beta: 1,
      gamma: 0.3,
      seed: 42,
      epochs: 3,
    });
    expect(manifest.classes).toHaveLength(10);
    expect(result.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(result.history[2]?.crossEntropy).toBeLessThan(result.history[0]?.crossEntropy ?? 0);
    const { accuracy, crossEntropy, perClass } = result.history[2]!;
    expect(manifest.metrics).toEqual({
      accuracy,
      crossEntropy,
      ...Object.fromEntries((perClass ?? []).map((own, label) => [`accuracy:${label}`, own])),
    });
    expect(Object.keys(manifest.metrics ?? {})).toHaveLength(12);
    for (const { affinity, dispersion, compactness } of result.history) {
      expect([affinity, dispersion, compactness].every((term) => (term ?? -1) > 0)).toBe(true);
    }
    for (const { moduleShare = 0, moduleOverlap = 0 } of result.history) {
      expect(moduleShare).toBeGreaterThan(moduleOverlap);
      expect(moduleShare).toBeLessThanOrEqual(1);
      expect(moduleOverlap).toBeGreaterThan(0);
    }
  });

  it('gives the same bytes for the same seed and others for another', async () => {
    await trainModel(at('again'), quietContext());
    await trainModel(at('other', { seed: 43 }), quietContext());
    expect((await weights('again')).equals(await weights('whole'))).toBe(true);
    expect((await weights('other')).equals(await weights('whole'))).toBe(false);
  });

  it.each([2, 4, 7])('resumes after an interruption at step %i to the very same bytes', async (steps) => {
    const name = `resumed-${steps}`;
    const stopped = await trainModel(at(name), stoppingAfter(steps));
    expect(stopped.finished).toBe(false);
    expect(await readdir(join(folder, name))).not.toContain('module.json');
    await expect(trainModel(at(name), quietContext())).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: expect.stringContaining('add --resume to go on from it') as string,
    });
    const resumed = await trainModel(at(name, { resume: true }), quietContext());
    expect(resumed.finished).toBe(true);
    expect(resumed.history).toHaveLength(3);
    expect((await weights(name)).equals(await weights('whole'))).toBe(true);
    const metricsOf = async (model: string) => (await readModel(join(folder, model))).manifest.metrics;
    expect(await metricsOf(name)).toEqual(await metricsOf('whole'));
    expect(await curvesOf(name)).toEqual(await curvesOf('whole'));
  });

  it('resumes where it was killed while it wrote its model, and still spares what is not its own', async () => {
    await trainModel(at('half'), stoppingAfter(9));
    await writeFile(join(folder, 'half', 'weights.safetensors'), 'half a file');
    await writeFile(join(folder, 'half', 'checkpoint.safetensors.4711.partial'), 'half a checkpoint');
    await trainModel(at('half', { resume: true }), quietContext());
    expect((await weights('half')).equals(await weights('whole'))).toBe(true);
    expect(await readdir(join(folder, 'half'))).toEqual(await readdir(join(folder, 'whole')));

    await mkdir(join(folder, 'notes'));
    await writeFile(join(folder, 'notes', 'README.md'), 'mine');
    await expect(trainModel(at('notes', { resume: true }), quietContext())).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
    });
  });

  it('uses the checkpoint before a torn one, says so, and still ends at the same bytes', async () => {
    await trainModel(at('torn'), stoppingAfter(9));
    const path = join(folder, 'torn', 'checkpoint.safetensors');
    await writeFile(path, (await readFile(path)).subarray(0, 1000));
    const context = quietContext();
    await trainModel(at('torn', { resume: true }), context);
    expect(context.events.filter(({ type }) => type === 'warning')).toMatchObject([
      {
        message: expect.stringMatching(
          /checkpoint\.safetensors is not whole .* the one before it is used/,
        ) as string,
      },
    ]);
    expect((await weights('torn')).equals(await weights('whole'))).toBe(true);
  });

  it('refuses a checkpoint of a run with other options and names the option', async () => {
    await trainModel(at('foreign'), stoppingAfter(2));
    await expect(trainModel(at('foreign', { resume: true, gamma: 3 }), quietContext())).rejects.toMatchObject(
      {
        code: 'CHECKPOINT_FOREIGN',
        message:
          'The checkpoint belongs to a run with gamma 0.3, not 3; resume with the same options, or train into another folder.',
      },
    );
  });

  it('never writes over what is there', async () => {
    await expect(trainModel(at('whole'), quietContext())).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: expect.stringMatching(/already holds .*; choose another --out/) as string,
    });
  });

  it('leaves nothing behind where the initial weights cannot be read', async () => {
    const init = join(folder, 'absent.safetensors');
    await expect(trainModel(at('uninitialised', { init }), quietContext())).rejects.toMatchObject({
      code: 'PARAMETER_MISMATCH',
    });
    expect(await readdir(folder)).not.toContain('uninitialised');
  });

  it('takes some classes, by number or name, and stops at a number of steps', async () => {
    const result = await trainModel(
      at('few', { classes: ['7', '2'], maxSteps: 2, method: 'standard' }),
      quietContext(),
    );
    expect(result.finished).toBe(true);
    const { manifest, network } = await readModel(join(folder, 'few'));
    expect(manifest.classes.map(({ sourceLabel }) => sourceLabel)).toEqual([2, 7]);
    expect(network.parameters.get('fc3/bias')?.shape).toEqual([2]);
    await expect(trainModel(at('none', { classes: ['11'] }), quietContext())).rejects.toMatchObject({
      code: 'CLASS_UNKNOWN',
      message: 'The data set digits has no class "11"; it has 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.',
    });
  });

  it('trains an architecture from a JSON file', async () => {
    const file = join(folder, 'tiny.json');
    const operators = [
      { op: 'conv', name: 'c', channels: 4, size: 5, stride: 2 },
      { op: 'relu', name: 'r' },
      { op: 'globalPool', name: 'p' },
      { op: 'dense', name: 'out', channels: 10 },
    ];
    await writeFile(
      file,
      JSON.stringify({ name: 'tiny', input: { height: 32, width: 32, channels: 1 }, operators }),
    );
    const result = await trainModel(at('json', { arch: file, maxSteps: 1 }), quietContext());
    expect(result.parameters).toBe(4 * 25 + 4 + 40 + 10);
    await writeFile(file, '{');
    await expect(trainModel(at('json2', { arch: file }), quietContext())).rejects.toMatchObject({
      code: 'ARCHITECTURE_INVALID',
    });
  });
});
