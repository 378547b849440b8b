import type { ModelManifest } from './schema.js';

/** A manifest that uses every field. */
export const fullManifest: ModelManifest = {
  formatVersion: 1,
  kind: 'composition',
  name: 'zero and one',
  license: 'Apache-2.0',
  architecture: { operators: [{ kind: 'dense', units: 2 }] },
  classes: [
    { index: 0, name: 'zero', sourceLabel: 0 },
    { index: 1, name: 'one', sourceLabel: 1 },
  ],
  dataset: {
    name: 'digits',
    normalisation: { mean: [0.1307], std: [0.3081] },
    split: 'four fifths for training',
    classes: [0, 1],
    trainSamples: 1701,
    testSamples: 427,
  },
  training: {
    method: 'moda',
    epochs: 12,
    batchSize: 128,
    learningRate: 0.05,
    alpha: 1,
    beta: 1,
    gamma: 0.3,
    seed: 42,
    schedule: 'cosine',
  },
  metrics: { accuracy: 0.99, crossEntropy: 0.05, 'accuracy:0': 0.995, 'accuracy:1': 0.985 },
  derivedFrom: [
    { role: 'base', name: 'digits', digest: `sha256:${'ab'.repeat(32)}`, tau: 0.9, classes: [0, 1] },
  ],
  device: 'CPU',
  createdBy: { version: '0.1.0' },
  createdAt: '2026-01-02T03:04:05Z',
  extra: { note: ['kept', { as: 'it is' }] },
};

/** The least that a manifest needs. */
export const smallManifest: ModelManifest = {
  formatVersion: 1,
  kind: 'model',
  architecture: 'lenet5',
  classes: [{ index: 0, name: 'zero', sourceLabel: 0 }],
  createdBy: { version: '0.1.0' },
};
