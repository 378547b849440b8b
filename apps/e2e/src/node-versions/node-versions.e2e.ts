import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModa } from '../run-moda.js';

/** Programs of other versions of Node, separated by colons, in `MODA_NODES`. */
const nodes = (process.env['MODA_NODES'] ?? '').split(':').filter((path) => path !== '');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function trainedBy(node: string, name: string): Promise<Buffer> {
  const recipe = [
    '--arch',
    'lenet5',
    '--epochs',
    '2',
    '--train-limit',
    '64',
    '--batch-size',
    '16',
    '--max-steps',
    '5',
  ];
  const { exitCode, standardError } = await runModa(
    ['train', ...recipe, '--out', join(folder, name)],
    {},
    node,
  );
  expect(exitCode, standardError).toBe(0);
  return readFile(join(folder, name, 'weights.safetensors'));
}

describe.skipIf(nodes.length === 0)('other versions of Node [needs nodes]', () => {
  it.each(nodes)('%s runs native TensorFlow and trains the very same weights', async (node) => {
    const { standardOutput } = await runModa(['doctor', '--json'], {}, node);
    expect(JSON.parse(standardOutput)).toMatchObject({ device: { implementation: 'native' } });
    const own = await trainedBy(process.execPath, `own-${nodes.indexOf(node)}`);
    const other = await trainedBy(node, `other-${nodes.indexOf(node)}`);
    expect(other.equals(own)).toBe(true);
  });
});
