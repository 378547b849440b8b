import { parsePackage, readSafetensors } from '@moda/module-format';
import { lenet5 } from '@moda/nn/graph';
import { describe, expect, it } from 'vitest';
import { composeInPage } from './compose-in-page';
import { exportComposition } from './export-composition';
import { memoryCache } from './package-cache';
import { fetchFrom, publishedModel } from './testing/published-model';

const model = publishedModel(lenet5({ input: { height: 28, width: 28, channels: 1 }, classes: 4 }));
const composition = composeInPage(
  model.answer,
  { classes: [0, 2], tau: 0.6 },
  { fetch: fetchFrom(model.served), cache: memoryCache() },
);

/** A text somewhere in a file that is stored as it is. */
function holds(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).includes(text);
}

describe('a composition as a file', () => {
  it('is named after the model and the classes', async () => {
    const names = await Promise.all(
      (['package', 'safetensors', 'tfjs', 'onnx'] as const).map(
        async (format) => (await exportComposition(await composition, format)).name,
      ),
    );
    expect(names).toEqual([
      'test-class_0-class_2.zip',
      'test-class_0-class_2.safetensors',
      'test-class_0-class_2-tfjs.zip',
      'test-class_0-class_2.onnx',
    ]);
  });

  it('is its weights as they were cut', async () => {
    const { bytes } = await exportComposition(await composition, 'safetensors');
    const { network } = await composition;
    expect([...readSafetensors(bytes).tensors.keys()].sort()).toEqual([...network.parameters.keys()].sort());
  });

  it('is the folder that other programs verify', async () => {
    const { bytes } = await exportComposition(await composition, 'package');
    const { package: manifest } = await composition;
    for (const { path } of manifest.files) expect(holds(bytes, path)).toBe(true);
    const text = Buffer.from(bytes).toString('latin1');
    const start = text.indexOf('{\n  "derivation"');
    const list = text.slice(start, text.indexOf('\n}\n', start) + 3);
    expect(parsePackage(list)).toEqual(manifest);
  });

  it('is a LayersModel that says its classes and how to prepare images', async () => {
    const { bytes } = await exportComposition(await composition, 'tfjs');
    expect(holds(bytes, 'model.json')).toBe(true);
    expect(holds(bytes, '"classes":["class 0","class 2"]')).toBe(true);
    expect(holds(bytes, '"normalisation":{"mean":[0.1],"std":[0.3]}')).toBe(true);
  });

  it('is an ONNX file', async () => {
    const { bytes, contentType } = await exportComposition(await composition, 'onnx');
    expect(contentType).toBe('application/octet-stream');
    for (const name of ['images', 'logits', 'Transpose', 'Conv']) expect(holds(bytes, name)).toBe(true);
  });
});
