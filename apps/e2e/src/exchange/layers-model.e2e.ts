import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '@moda/module-format';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { runModa } from '../run-moda.js';
import { type FileServer, serveFiles } from './serve-files.js';
import { writeRandomRates } from './write-random-rates.js';

/** What these tests use of TensorFlow.js in the page. */
interface PageTensorFlow {
  ready(): Promise<void>;
  tensor(values: readonly number[], shape: readonly number[]): PageTensor;
  loadLayersModel(url: string): Promise<{
    predict(x: PageTensor): PageTensor;
    getUserDefinedMetadata(): unknown;
  }>;
}
interface PageTensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
}

// The browser loads it, not this process.
const packages = createRequire(import.meta.url);
const tensorFlow = packages.resolve('@tensorflow/tfjs/dist/tf.min.js');

/** Grey images of 32x32, as the models below take them. */
const shape = [2, 32, 32, 1];
const pixels = Float32Array.from({ length: 2 * 32 * 32 }, (_, i) => Math.sin(i / 5) + Math.cos(i / 37));

let folder: string;
let server: FileServer;
let browser: Browser;
let page: Page;
const at = (...names: string[]): string => join(folder, ...names);

async function moda(...args: string[]): Promise<void> {
  const { exitCode, standardError } = await runModa(args);
  expect(exitCode, standardError).toBe(0);
}

/** A model after one step of training. */
async function train(arch: string): Promise<void> {
  const short = ['--max-steps', '1', '--train-limit', '60', '--batch-size', '20'];
  await moda('train', '--arch', arch, ...short, '--out', at(arch));
}

/** The logits that `moda predict` gives. */
async function ownLogits(model: string): Promise<number[]> {
  await moda(
    'predict',
    '--model',
    at(model),
    '--input',
    at('x.safetensors'),
    '--output',
    at('y.safetensors'),
  );
  const { tensors } = readSafetensors(await readFile(at('y.safetensors')));
  return Array.from(tensors.get('logits')?.data as Float32Array);
}

/** What a page gets that loads an exported model as any page would. */
async function inThePage(model: string) {
  return page.evaluate(
    async ({ url, values, shape }) => {
      const { tf } = globalThis as unknown as { tf: PageTensorFlow };
      await tf.ready();
      const model = await tf.loadLayersModel(url);
      const y = model.predict(tf.tensor(values, shape));
      const logits = Array.from(await y.data());
      return { shape: y.shape, logits, metadata: model.getUserDefinedMetadata() };
    },
    { url: `${server.url}/${model}-web/model.json`, values: Array.from(pixels), shape },
  );
}

/** How many layers of an exported model bring together the channels of a cut network. */
async function alignments(model: string): Promise<number> {
  const { modelTopology } = JSON.parse(await readFile(at(`${model}-web`, 'model.json'), 'utf8')) as {
    modelTopology: { config: { layers: { config: { trainable?: boolean } }[] } };
  };
  return modelTopology.config.layers.filter(({ config }) => config.trainable === false).length;
}

/** Exports a model, and fails unless the page computes what `moda predict` does. */
async function expectSameLogits(model: string, classes: readonly string[]): Promise<void> {
  await moda('export', at(model), '--format', 'tfjs', '--out', at(`${model}-web`));
  const [ours, theirs] = [await ownLogits(model), await inThePage(model)];
  expect(theirs.shape).toEqual([2, classes.length]);
  expect(theirs.metadata).toMatchObject({ moda: { classes } });
  const differences = ours.map((logit, i) => Math.abs(logit - (theirs.logits[i] ?? NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-4);
  expect(Math.max(...ours) - Math.min(...ours)).toBeGreaterThan(0.01);
}

describe.skipIf(!(await hasBrowser()))('a model in a web page [needs browser]', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
    await writeFile(
      at('x.safetensors'),
      writeSafetensors([['images', { dtype: 'F32', shape, data: pixels }]]),
    );
    const html = '<!doctype html><title>A model</title><script src="/tf.min.js"></script>';
    server = await serveFiles(folder, html, { '/tf.min.js': tensorFlow });
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  it('gives the same logits by tf.loadLayersModel: lenet5', async () => {
    await train('lenet5');
    await expectSameLogits('lenet5', ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it.each(['resnet18', 'mobilenet'])('gives them for a composed %s', async (arch) => {
    await train(arch);
    await writeRandomRates(at(arch));
    const composed = `${arch}-composed`;
    await moda('compose', '--model', at(arch), '--classes', '1,4,8', '--out', at(composed));
    await expectSameLogits(composed, ['1', '4', '8']);
    expect(await alignments(composed)).toBeGreaterThan(3);
  });
});
