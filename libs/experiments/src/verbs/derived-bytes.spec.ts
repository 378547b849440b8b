import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutWeights, planCut, type WholeModel } from '@moda/moda/surgery';
import { packageDigest, readSafetensorsHeader, sha256 } from '@moda/module-format';
import { packFolder } from '@moda/module-library';
import { architectureToJson, buildArchitecture, initialise, trackedLayers } from '@moda/nn';
import type { ModelManifest } from '@moda/module-format';
import { beforeAll, describe, expect, it } from 'vitest';
import { readModel, writeModel, writeRates } from '../model/model-folder.js';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { composeModel } from './compose-model.js';
import { decomposeModel } from './decompose-model.js';

const context = quietContext();
let folder: string;
let model: string;
let whole: WholeModel;

/** What a registry knows of a model folder that was published as it is. */
async function asPublished(path: string): Promise<WholeModel> {
  const { manifest, network, rates } = await readModel(path);
  return {
    manifest,
    architecture: network.architecture,
    rates: rates!,
    weights: readSafetensorsHeader(await readFile(join(path, 'weights.safetensors'))),
    digest: packageDigest(await packFolder(path)),
    ratesDigest: sha256(await readFile(join(path, 'rates.safetensors'))),
  };
}

async function derivedFiles(classes: readonly number[], tau: number): Promise<[string, Buffer]> {
  const plan = planCut(whole, { classes, tau });
  const parent = await readFile(join(model, 'weights.safetensors'));
  const chunks: Uint8Array[] = [];
  for await (const chunk of cutWeights(plan, async (start, end) => parent.subarray(start, end)))
    chunks.push(chunk);
  return [plan.manifestText, Buffer.concat(chunks)];
}

async function filesOf(path: string): Promise<[string, Buffer]> {
  return [
    await readFile(join(path, 'module.json'), 'utf8'),
    await readFile(join(path, 'weights.safetensors')),
  ];
}

beforeAll(async () => {
  folder = await temporaryFolder();
  model = join(folder, 'model');
  const input = { height: 32, width: 32, channels: 1 };
  const architecture = buildArchitecture('lenet5', { input, classes: 4 });
  const manifest: ModelManifest = {
    formatVersion: 1,
    kind: 'model',
    name: 'four',
    license: 'MIT',
    architecture: architectureToJson(architecture) as ModelManifest['architecture'],
    classes: ['a', 'b', 'c', 'd'].map((name, index) => ({ index, name, sourceLabel: index + 3 })),
    training: { method: 'moda', epochs: 1 },
    metrics: { accuracy: 0.5 },
    createdBy: { version: '0.0.1' },
    createdAt: '2026-01-02T03:04:05Z',
  };
  await writeModel(model, { network: initialise(architecture, 1), manifest });
  const layers = trackedLayers(architecture).map(({ name, channels: { of } }) => ({
    name,
    units: of,
    counts: Uint32Array.from({ length: 4 * of }, (_, i) => (i * i * 7) % 11),
  }));
  await writeRates(model, { samples: new Uint32Array(4).fill(10), layers }, 'letters');
  whole = await asPublished(model);
});

describe('what is cut on this machine', () => {
  it('is byte for byte what a registry derives, when composed', async () => {
    const out = join(folder, 'composed');
    await composeModel({ model, classes: ['d', 'b'], tau: 0.6, out }, context);
    const [manifestText, weights] = await filesOf(out);
    const [derivedText, derivedWeights] = await derivedFiles([1, 3], 0.6);
    expect(manifestText).toBe(derivedText);
    expect(weights.equals(derivedWeights)).toBe(true);
  });

  it('is byte for byte what a registry derives, when decomposed', async () => {
    const out = join(folder, 'modules');
    await decomposeModel({ model, tau: 0.8, out }, context);
    for (const label of [0, 1, 2, 3]) {
      const [manifestText, weights] = await filesOf(join(out, `class-${label}`));
      const [derivedText, derivedWeights] = await derivedFiles([label], 0.8);
      expect(manifestText).toBe(derivedText);
      expect(weights.equals(derivedWeights)).toBe(true);
    }
  });

  it('names its parent by digest, and takes over how that was made but not how well it does', async () => {
    const out = join(folder, 'one');
    await composeModel({ model, classes: ['c'], tau: 0.6, out }, context);
    const { manifest } = await readModel(out);
    expect(manifest).toEqual({
      formatVersion: 1,
      kind: 'module',
      name: 'four/c',
      license: 'MIT',
      architecture: manifest.architecture,
      classes: [{ index: 0, name: 'c', sourceLabel: 5 }],
      training: { method: 'moda', epochs: 1 },
      derivedFrom: [
        {
          role: 'base',
          name: 'four',
          digest: packageDigest(await packFolder(model)),
          tau: 0.6,
          classes: [2],
        },
      ],
      createdBy: { version: '0.0.1' },
    });
  });
});
