import { encodeActivationRates, serialiseManifest } from '@moda/module-format';
import { type Architecture, architectureToJson, fullSet } from '@moda/nn/graph';

/**
 * A network by hand: convolution 1x1 of 1 to 4 units without bias, ReLU, global pool, dense 4 to 3 classes with bias; over images of 2x2.
 * 4 + 12 + 3 = 19 parameters; 4 * 4 + 12 = 28 multiply-adds.
 */
export const tinyArchitecture: Architecture = {
  name: 'tiny',
  input: { height: 2, width: 2, channels: 1 },
  operators: [
    {
      op: 'conv',
      name: 'conv',
      inputs: ['input'],
      channels: fullSet(4),
      size: 1,
      stride: 1,
      padding: 0,
      bias: false,
    },
    { op: 'relu', name: 'relu', inputs: ['conv'], tracked: true },
    { op: 'globalPool', name: 'pool', inputs: ['relu'] },
    { op: 'dense', name: 'fc', inputs: ['pool'], channels: fullSet(3), bias: true },
  ],
};

/** Of 10 images a class, `[class][unit]`: class 0 uses units 0 and 1, class 1 units 1 and 2, class 2 unit 3 and a little of all. */
export const tinyCounts = [
  [10, 9, 0, 0],
  [0, 10, 9, 1],
  [5, 5, 5, 8],
] as const;

/** Both files of the model, as a run has them. */
export function tinyModelFiles(layer = 'relu'): { readonly manifest: string; readonly rates: ArrayBuffer } {
  const manifest = serialiseManifest({
    formatVersion: 1,
    kind: 'model',
    name: 'tiny-digits',
    architecture: architectureToJson(tinyArchitecture) as never,
    classes: ['cat', 'dog', 'owl'].map((name, index) => ({ index, name, sourceLabel: index })),
    dataset: { name: 'digits', normalisation: { mean: [0], std: [1] } },
    metrics: { accuracy: 0.9, 'accuracy:0': 0.95, 'accuracy:1': 0.8 },
    createdBy: { version: '0.1.0' },
  });
  const rates = encodeActivationRates({
    samples: Uint32Array.of(10, 10, 10),
    layers: [{ name: layer, units: 4, counts: Uint32Array.from(tinyCounts.flat()) }],
  });
  return { manifest, rates: rates.slice().buffer };
}
