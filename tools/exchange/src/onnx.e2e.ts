import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@moda/module-format';
import { toOnnx } from '@moda/nn/export';
import { outputShape } from '@moda/nn/graph';
import { openTensorBackend } from '@moda/tensor-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findReaders } from './environment.mjs';
import { largestDifference, logitsOf } from './logits-of.js';
import { onnxCases } from './onnx-cases.js';
import { randomImages } from './random-network.js';
import { runReader } from './run-reader.js';

/** What the reference readers made of one file. */
interface Reading {
  readonly error?: string;
  readonly facts?: {
    readonly irVersion: number;
    readonly opsets: Readonly<Record<string, number>>;
    readonly producer: readonly string[];
    readonly metadata: Readonly<Record<string, string>>;
    readonly inputs: Readonly<Record<string, readonly unknown[]>>;
    readonly outputs: Readonly<Record<string, readonly unknown[]>>;
    readonly operators: readonly string[];
  };
  readonly single?: number[][];
  readonly all?: number[][];
}

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('onnx');
const TOLERANCE = 1e-4;
const IMAGES = 3;

describe.skipIf(!required && findReaders() === undefined)('an exported ONNX file [needs onnx]', () => {
  const expected = new Map<string, number[][]>();
  let folder: string;
  let readings: Readonly<Record<string, Reading>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-onnx-'));
    const backend = await openTensorBackend();
    for (const { name, network: make } of onnxCases) {
      const network = make();
      const images = randomImages(network.architecture, IMAGES);
      expected.set(name, logitsOf(backend, network, images));
      const outputs = outputShape(network.architecture).channels.kept;
      const bytes = toOnnx(network, {
        classNames: outputs.map((label) => `class "${label}"`),
        producerVersion: '1.2.3',
      });
      await writeFile(join(folder, `${name}.onnx`), bytes);
      const file = writeSafetensors([
        ['images', { dtype: 'F32', shape: [...images.shape], data: images.data }],
      ]);
      await writeFile(join(folder, `${name}.safetensors`), file);
    }
    await runReader('read_onnx.py', [folder]);
    readings = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as typeof readings;
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(onnxCases)(
    'of $name passes the full check and gives the same logits in batches of 1 and 3',
    ({ name, constant = false }) => {
      const logits = expected.get(name) ?? [];
      const { error, single = [], all = [] } = readings[name] ?? {};
      expect(error).toBeUndefined();
      // Logits that do not depend on the image, or are all but zero, would compare well whatever the file says.
      expect(Math.max(...logits.flat().map(Math.abs))).toBeGreaterThan(100 * TOLERANCE);
      if (!constant) expect(largestDifference([logits[0]!], [logits[1]!])).toBeGreaterThan(10 * TOLERANCE);
      expect(largestDifference(all, logits)).toBeLessThan(TOLERANCE);
      expect(largestDifference(single, logits.slice(0, 1))).toBeLessThan(TOLERANCE);
    },
  );

  it('says what it is, for any number of images', () => {
    const { facts } = readings['resnet18 composed of 2'] ?? {};
    expect(facts).toMatchObject({
      irVersion: 8,
      opsets: { '': 17 },
      producer: ['moda', '1.2.3'],
      inputs: { images: ['N', 32, 32, 3] },
      outputs: { logits: ['N', 2] },
    });
    expect(JSON.parse(facts?.metadata['moda.classes'] ?? '')).toEqual(['class "1"', 'class "8"']);
    expect(facts?.metadata['moda.version']).toBe('1.2.3');
    expect(facts?.metadata['moda.layout']).toContain('[N, height, width, channel]');
  });

  it('has one transpose, and nodes that align channels only where a cut made them differ', () => {
    const count = (name: string, type: string) =>
      readings[name]?.facts?.operators.filter((operator) => operator === type).length;
    for (const name of ['lenet5 whole', 'mobilenet whole', 'resnet18 whole', 'vgg16 composed of 5']) {
      expect([count(name, 'Transpose'), count(name, 'Gather'), count(name, 'Mul')], name).toEqual([1, 0, 0]);
    }
    for (const name of ['mobilenet composed of 1', 'resnet18 composed of 1']) {
      expect(count(name, 'Gather'), name).toBeGreaterThan(0);
      expect(count(name, 'Mul'), name).toBeGreaterThan(0);
    }
  });
});
