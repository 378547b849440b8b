import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PairedCounts, runResultSchemas } from '@moda/contracts';
import { readSafetensors, writeSafetensors } from '@moda/module-format';
import { predictWithLayersModel } from '@moda/tensor-backend/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { toOnnx } from '@moda/nn/export';
import { buildArchitecture, initialise, toPytorchLayout } from '@moda/nn';
import { toSafeTensors } from '../files/host-tensors.js';
import { readModel } from '../model/model-folder.js';
import { programVersion } from '../model/version.js';
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
import { replaceClass } from './replace-class.js';
import { sweepTau } from './sweep-tau.js';

const context = quietContext();
const images = { height: 32, width: 32, channels: 1 };
let folder: string;
let model: string;

/** A file of three images and their labels, in the given layout (one channel: the same bytes). */
async function imageFile(layout: 'nhwc' | 'nchw', labels: readonly number[] = [1, 2, 1]): Promise<string> {
  const data = Float32Array.from({ length: 3 * 1024 }, (_, i) => Math.sin(i / 7) + Math.cos(i / 31));
  const path = join(await mkdtemp(join(folder, 'images-')), 'x.safetensors');
  const shape = layout === 'nhwc' ? [3, 32, 32, 1] : [3, 1, 32, 32];
  await writeFile(
    path,
    writeSafetensors([
      ['images', { dtype: 'F32', shape, data }],
      ['labels', { dtype: 'I32', shape: [labels.length], data: Int32Array.from(labels) }],
    ]),
  );
  return path;
}

async function logitsOf(of: string, input: string, layout: 'nhwc' | 'nchw' = 'nhwc'): Promise<number[]> {
  const output = join(await mkdtemp(join(folder, 'logits-')), 'y.safetensors');
  await predictFile({ model: of, input, output, layout }, context);
  const { tensors } = readSafetensors(await readFile(output));
  return Array.from(tensors.get('logits')?.data as Float32Array);
}

beforeAll(async () => {
  folder = await temporaryFolder();
  model = join(folder, 'model');
  await trainModel(
    { ...trainDefaults, arch: 'lenet5', out: model, epochs: 2, trainLimit: 960, gamma: 3 },
    context,
  );
});

describe('a stored model', () => {
  it('is evaluated over all classes, and over some by their logits alone', async () => {
    const all = await evaluateModel({ model }, context);
    expect(all.count).toBe(2004);
    expect(all.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(2004);
    const two = await evaluateModel({ model, classes: ['0', '1'] }, context);
    expect(two.count).toBe(201 + 226);
    expect(two.perClass.map((row) => row.class)).toEqual([0, 1]);
    expect(two.accuracy).toBeGreaterThan(all.accuracy);
  });

  it('predicts the same from either layout of the images', async () => {
    const nhwc = await logitsOf(model, await imageFile('nhwc'));
    expect(nhwc).toHaveLength(30);
    expect(await logitsOf(model, await imageFile('nchw'), 'nchw')).toEqual(nhwc);
  });

  it('refuses images that do not fit, naming both shapes', async () => {
    await expect(logitsOf(model, await imageFile('nhwc'), 'nchw')).rejects.toMatchObject({
      code: 'INPUT_SHAPE',
      message: expect.stringMatching(/is \[3, 32, 32, 1\], but the model takes \[N, 1, 32, 32\]/) as string,
    });
  });

  it('tells the losses of a batch, their gradients on request, and refuses labels it has no class for', async () => {
    const gradients = join(folder, 'gradients.safetensors');
    const options = {
      model,
      layout: 'nhwc',
      alpha: 1,
      beta: 1,
      gamma: 0.3,
      gradientLayout: 'pytorch',
    } as const;
    const losses = await lossesOfFile({ ...options, input: await imageFile('nhwc'), gradients }, context);
    const { crossEntropy, affinity, dispersion, compactness, total, layers } = losses;
    expect(total).toBeCloseTo(crossEntropy + affinity + dispersion + 0.3 * compactness, 5);
    expect(layers.map(({ name }) => name)).toEqual((await readModel(model)).network.architecture.operators.filter(({ op }) => op === 'relu').map(({ name }) => name)); // prettier-ignore
    const { tensors } = readSafetensors(await readFile(gradients));
    expect(tensors.get('conv2.weight')?.shape).toEqual([16, 6, 5, 5]);
    const bad = lossesOfFile({ ...options, input: await imageFile('nhwc', [1, 2, 10]) }, context);
    await expect(bad).rejects.toMatchObject({
      code: 'INPUT_SHAPE',
      message: expect.stringContaining('holds 10') as string,
    });
    const single = await lossesOfFile({ ...options, input: await imageFile('nhwc', [1, 2, 3]) }, context);
    expect(single.affinity).toBe(0);
  });

  it('has a sentence for a folder that holds no model', async () => {
    await expect(evaluateModel({ model: join(folder, 'nothing') }, context)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      message: expect.stringMatching(/^Cannot read the model .*module\.json: it does not exist\.$/) as string,
    });
  });
});

describe('modules', () => {
  it('need activation rates first', async () => {
    await expect(analyzeModel({ model, tau: 0.9 }, context)).rejects.toMatchObject({ code: 'RATES_MISSING' });
  });

  it('are cut one per class, from rates that are measured once and kept', async () => {
    const out = join(folder, 'modules');
    const first = await decomposeModel({ model, tau: 0.9, out }, context);
    expect(first.ratesMeasured).toBe(true);
    expect(await readdir(model)).toContain('rates.safetensors');
    expect((await readdir(out)).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `class-${i}`));
    expect(first.modules.every(({ share }) => share > 0 && share < 1)).toBe(true);
    const looser = await decomposeModel({ model, tau: 0.1 }, context);
    expect(looser.ratesMeasured).toBe(false);
    looser.modules.forEach(({ parameters }, i) => {
      expect(parameters).toBeGreaterThanOrEqual(first.modules[i]?.parameters ?? Infinity);
    });
  });

  it('are what composing one class gives', async () => {
    const out = join(folder, 'one');
    const { parameters, classes } = await composeModel({ model, classes: ['4'], tau: 0.9, out }, context);
    expect(classes).toEqual([{ class: 4, name: '4' }]);
    const input = await imageFile('nhwc');
    expect(await logitsOf(out, input)).toEqual(await logitsOf(join(folder, 'modules', 'class-4'), input));
    const { manifest } = await readModel(out);
    expect(manifest).toMatchObject({ kind: 'module', classes: [{ index: 0, name: '4', sourceLabel: 4 }] });
    const { modules } = await analyzeModel({ model, tau: 0.9 }, context);
    expect(modules[4]?.parameters).toBe(parameters);
  });

  it('compose to a network that is evaluated on its own classes, in any order of their names', async () => {
    const out = join(folder, 'three');
    // At threshold 0 every unit stays, so that nothing but the outputs may differ from the whole model.
    await composeModel({ model, classes: ['8', '0', '1'], tau: 0, out }, context);
    const result = await evaluateModel({ model: out }, context);
    const whole = await evaluateModel({ model, classes: ['0', '1', '8'] }, context);
    expect(result.perClass.map(({ name }) => name)).toEqual(['0', '1', '8']);
    expect(result.count).toBe(201 + 226 + 189);
    expect(result.confusion).toEqual(whole.confusion);
  });

  it('grow with a lower tau in a sweep over the same sub-tasks', async () => {
    const { rows, subtasks } = await sweepTau(
      { model, tau: [0.1, 0.9], limit: 300, subtasksPerSize: 1 },
      context,
    );
    expect(subtasks).toHaveLength(9);
    expect(rows[0]?.meanShare).toBeGreaterThan(rows[1]?.meanShare ?? Infinity);
  });

  it.each(['moda', 'cnnsplitter'] as const)('repair a weak model by %s', async (strategy) => {
    const weak = join(folder, `weak-${strategy}`);
    const weakOptions = {
      ...trainDefaults,
      arch: 'lenet5',
      method: 'standard',
      epochs: 1,
      trainLimit: 300,
    } as const;
    await trainModel({ ...weakOptions, classes: ['3', '5', '8'], out: weak }, context);
    const out = join(folder, `repaired-${strategy}`);
    const recipe = {
      strategy,
      dataset: 'digits',
      tau: 0.9,
      epochs: 5,
      learningRate: 0.05,
      batchSize: 128,
      seed: 1,
    };
    const result = await replaceClass({ ...recipe, weak, strong: model, class: '3', out }, context);
    const evaluated = await evaluateModel({ model: out }, context);
    expect(evaluated.perClass.map(({ accuracy }) => accuracy)).toEqual(
      result.after.perClass.map(({ accuracy }) => accuracy),
    );
    expect((await readModel(out)).manifest.kind).toBe('repaired');
    expect(evaluated.confusion).toEqual(result.after.confusion);
    const { path: _apart, ...figures } = result;
    expect(runResultSchemas.replace.parse(JSON.parse(JSON.stringify(result)))).toEqual(figures);
    const { target, others } = result.paired;
    const imagesOf = (counts: PairedCounts) => Object.values(counts).reduce((sum, n) => sum + n, 0);
    expect(imagesOf(target)).toBe(evaluated.perClass[0]?.count);
    expect(imagesOf(target) + imagesOf(others)).toBe(evaluated.count);
    expect((target.bothRight + target.onlyAfter) / imagesOf(target)).toBe(result.after.target);
    expect((target.bothRight + target.onlyBefore) / imagesOf(target)).toBe(result.before.target);
  });
});

describe('import and export', () => {
  it.each(['pytorch', 'native'] as const)('give the same network back in %s layout', async (layout) => {
    const file = join(folder, `${layout}.safetensors`);
    await exportModel({ model, format: 'safetensors', layout, out: file }, context);
    const out = join(folder, `imported-${layout}`);
    await importModel({ file, arch: 'lenet5', classes: 10, layout, out, input: images }, context);
    expect((await readModel(out)).network).toEqual((await readModel(model)).network);
  });

  it.each([['whole'], ['cut']])(
    'to TensorFlow.js gives the same logits for a model that is %s',
    async (kind) => {
      const own = kind === 'whole' ? model : join(folder, 'cut-for-tfjs');
      if (kind === 'cut') await composeModel({ model, classes: ['1', '7'], tau: 0.9, out: own }, context);
      const out = join(folder, `tfjs-${kind}`);
      const result = await exportModel({ model: own, format: 'tfjs', out }, context);
      const names = await readdir(out);
      expect(names.sort()).toEqual(['group1-shard1of1.bin', 'model.json']);
      const files = new Map<string, Uint8Array>();
      for (const name of names) files.set(name, await readFile(join(out, name)));
      const sizeBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
      expect(result).toEqual({ path: out, format: 'tfjs', files: 2, sizeBytes });

      const input = await imageFile('nhwc');
      const { tensors } = readSafetensors(await readFile(input));
      const data = tensors.get('images')?.data as Float32Array;
      const theirs = await predictWithLayersModel(files, { shape: [3, 32, 32, 1], data });
      (await logitsOf(own, input)).forEach((logit, i) => expect(theirs.data[i]).toBeCloseTo(logit, 4));
      expect(theirs.metadata).toMatchObject({
        moda: {
          classes: kind === 'whole' ? ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] : ['1', '7'],
          normalisation: (await readModel(own)).manifest.dataset?.normalisation,
        },
      });
    },
  );

  it('to ONNX is one file', async () => {
    const out = join(folder, 'model.onnx');
    const result = await exportModel({ model, format: 'onnx', out }, context);
    const { network, manifest } = await readModel(model);
    const classNames = manifest.classes.map(({ name }) => name);
    const { normalisation } = manifest.dataset!;
    const bytes = toOnnx(network, { classNames, normalisation, producerVersion: programVersion });
    expect(Buffer.compare(await readFile(out), bytes)).toBe(0);
    expect(result).toEqual({ path: out, format: 'onnx', files: 1, sizeBytes: bytes.length });
  });

  it.each(['tfjs', 'onnx'] as const)('to %s knows no layout', async (format) => {
    const out = join(folder, `laid-out-${format}`);
    await expect(exportModel({ model, format, layout: 'pytorch', out }, context)).rejects.toMatchObject({
      code: 'USAGE',
      message: `The layout is chosen for --format safetensors only; leave out --layout with --format ${format}.`,
    });
    expect(await readdir(folder)).not.toContain(`laid-out-${format}`);
  });

  it('to TensorFlow.js writes no folder that holds something, nor one inside the model', async () => {
    await expect(exportModel({ model, format: 'tfjs', out: model }, context)).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: expect.stringContaining('already holds') as string,
    });
    const inside = join(model, 'web');
    await expect(exportModel({ model, format: 'tfjs', out: inside }, context)).rejects.toMatchObject({
      code: 'OUTPUT_EXISTS',
      message: expect.stringContaining('is the folder of a model') as string,
    });
    expect(await readdir(model)).not.toContain('web');
  });

  it('find the size of the images from the weights where nobody says it', async () => {
    const shapes = [
      { arch: 'vgg16', height: 64, width: 64, channels: 3 },
      { arch: 'lenet5', height: 28, width: 28, channels: 1 },
      { arch: 'mobilenet', height: 32, width: 32, channels: 3 },
    ];
    for (const { arch, ...input } of shapes) {
      const network = initialise(buildArchitecture(arch, { input, classes: 2 }), 1);
      const file = join(folder, `${arch}.safetensors`);
      await writeFile(file, writeSafetensors(toSafeTensors(toPytorchLayout(network))));
      const out = join(folder, `found-${arch}`);
      await importModel({ file, arch, classes: 2, layout: 'pytorch', out }, context);
      expect((await readModel(out)).network.architecture.input).toEqual(input);
    }
  });

  it('say which tensor does not fit', async () => {
    const file = join(folder, 'pytorch.safetensors');
    const bad = importModel(
      { file, arch: 'lenet5', classes: 9, layout: 'pytorch', out: join(folder, 'bad'), input: images },
      context,
    );
    await expect(bad).rejects.toMatchObject({
      code: 'PARAMETER_MISMATCH',
      message: expect.stringContaining('fc3.weight') as string,
    });
    expect(await readdir(folder)).not.toContain('bad');
  });
});
