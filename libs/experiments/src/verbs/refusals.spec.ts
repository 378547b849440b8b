import { copyFile, cp, mkdtemp, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors } from '@moda/module-format';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { trainModel } from '../train/train-model.js';
import { trainDefaults } from '../train/train-options.js';
import { analyzeModel } from './analyze-model.js';
import { composeModel } from './compose-model.js';
import { decomposeModel } from './decompose-model.js';
import { evaluateModel } from './evaluate-model.js';
import { exportModel } from './export-model.js';
import { importModel } from './import-model.js';
import { lossesOfFile } from './losses-of-file.js';
import { predictFile } from './predict-file.js';
import { sweepTau } from './sweep-tau.js';

const context = quietContext();
const trainLimit = 200;
let folder: string;
let lenet: string;
let compact: string;

async function train(arch: string): Promise<string> {
  const out = join(folder, arch);
  await trainModel({ ...trainDefaults, arch, out, epochs: 1, trainLimit }, context);
  await decomposeModel({ model: out, tau: 0.9, trainLimit }, context);
  return out;
}

async function imageFile(data: Float32Array): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'images-')), 'x.safetensors');
  const count = data.length / 1024;
  const images = { dtype: 'F32', shape: [count, 32, 32, 1], data } as const;
  const labels = { dtype: 'I32', shape: [count], data: new Int32Array(count) } as const;
  await writeFile(
    path,
    writeSafetensors([
      ['images', images],
      ['labels', labels],
    ]),
  );
  return path;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  lenet = await train('lenet5');
  compact = await train('compact');
});

describe('images of a file', () => {
  const both = (input: string) => [
    () => predictFile({ model: lenet, input, output: `${input}.out`, layout: 'nhwc' }, context),
    () =>
      lossesOfFile(
        { model: lenet, input, layout: 'nhwc', gradientLayout: 'native', alpha: 1, beta: 1, gamma: 1 },
        context,
      ),
  ];

  it('are one at least', async () => {
    const input = await imageFile(new Float32Array());
    for (const refused of both(input)) {
      await expect(refused()).rejects.toMatchObject({
        code: 'INPUT_SHAPE',
        message: `The tensor "images" of ${input} holds no image; give it one at least.`,
      });
    }
  });

  it.each([NaN, Infinity])('hold no %d', async (value) => {
    const input = await imageFile(new Float32Array(2048).fill(value, 1500, 1501));
    for (const refused of both(input)) {
      await expect(refused()).rejects.toMatchObject({
        code: 'INPUT_SHAPE',
        message: `Image 1 of ${input} holds ${value}; give finite values only.`,
      });
    }
  });
});

describe('a model that is not whole', () => {
  it('has its damaged file named', async () => {
    const model = join(folder, 'damaged');
    await cp(lenet, model, { recursive: true });
    await truncate(join(model, 'weights.safetensors'), 1000);
    await expect(evaluateModel({ model }, context)).rejects.toMatchObject({
      code: 'SAFETENSORS_INVALID',
      message: expect.stringContaining(join(model, 'weights.safetensors')) as string,
    });
  });

  it('is refused with the activation rates of another network', async () => {
    const model = join(folder, 'foreign');
    await cp(lenet, model, { recursive: true });
    await copyFile(join(compact, 'rates.safetensors'), join(model, 'rates.safetensors'));
    await expect(analyzeModel({ model, tau: 0.9 }, context)).rejects.toMatchObject({
      code: 'RATES_INVALID',
      message: `The activation rates in ${join(model, 'rates.safetensors')} belong to another network; remove the file and decompose the model again.`,
    });
  });
});

describe('a composition', () => {
  it('is not decomposed again, and is left as it was', async () => {
    const model = join(folder, 'composition');
    await composeModel({ model: compact, classes: ['2', '7'], tau: 0.9, out: model }, context);
    const before = await readdir(model);
    const out = join(folder, 'composition-modules');
    await expect(decomposeModel({ model, tau: 0.9, out }, context)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: `The model ${model} has only some classes of another one; decompose or compose that one (compact-digits-moda) instead.`,
    });
    expect(await readdir(model)).toEqual(before);
    expect(await readdir(folder)).not.toContain('composition-modules');
  });
});

describe('stored activation rates', () => {
  it('are used with a warning where data for new ones is named', async () => {
    const own = quietContext();
    const { ratesMeasured } = await decomposeModel({ model: lenet, tau: 0.5, dataset: 'digits' }, own);
    expect(ratesMeasured).toBe(false);
    expect(own.events).toEqual([
      {
        type: 'warning',
        message: expect.stringContaining(`remove ${join(lenet, 'rates.safetensors')} first.`) as string,
      },
    ]);
  });
});

describe('an import', () => {
  it('takes the size of the images from the data set', async () => {
    const file = join(folder, 'weights.safetensors');
    await exportModel({ model: lenet, format: 'safetensors', layout: 'pytorch', out: file }, context);
    const options = { file, arch: 'lenet5', layout: 'pytorch', dataset: 'digits' } as const;
    const out = join(folder, 'imported');
    await importModel({ ...options, classes: 10, out }, context);
    const limit = 50;
    const [theirs, ours] = [lenet, out].map((model) => evaluateModel({ model, limit }, context));
    expect((await ours)?.loss).toBe((await theirs)?.loss);
    await expect(importModel({ ...options, classes: 11, out }, context)).rejects.toMatchObject({
      code: 'CLASS_UNKNOWN',
    });
  });
});

describe('an interruption', () => {
  it('ends an evaluation and a sweep between two batches', async () => {
    for (const work of [
      (own: typeof context) => evaluateModel({ model: compact }, own),
      (own: typeof context) => sweepTau({ model: compact, tau: [0.1, 0.9], subtasksPerSize: 50 }, own),
    ]) {
      const controller = new AbortController();
      const running = work(quietContext(controller.signal));
      setTimeout(() => controller.abort(), 1);
      await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    }
  });
});
