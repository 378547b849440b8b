import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeActivationRates, parseManifest } from '@moda/module-format';
import { parseArchitecture, trackedLayers } from '@moda/nn/graph';

const samples = 100;

/**
 * Gives a model activation rates under which every class keeps another quarter of each layer's units: after a step or two of training the
 * measured ones keep nearly all, and a cut model would be the whole one.
 */
export async function writeRandomRates(model: string): Promise<void> {
  const manifest = parseManifest(await readFile(join(model, 'module.json'), 'utf8'));
  const classes = manifest.classes.length;
  let state = 1;
  const isKept = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state < 2 ** 30;
  };
  const layers = trackedLayers(parseArchitecture(manifest.architecture)).map(({ name, channels }) => ({
    name,
    units: channels.of,
    counts: Uint32Array.from({ length: classes * channels.of }, () => (isKept() ? samples : 0)),
  }));
  const rates = { layers, samples: new Uint32Array(classes).fill(samples), dataset: 'digits' };
  await writeFile(join(model, 'rates.safetensors'), encodeActivationRates(rates));
}
