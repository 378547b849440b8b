import type { ReleaseFacts } from '../catalogue/catalogue.js';

/** For asking what became of a draft that is gone: without a draft the catalogue makes no version, and so reads no facts. */
export const noFacts: ReleaseFacts = {
  manifest: {
    formatVersion: 1,
    kind: 'model',
    architecture: '',
    classes: [{ index: 0, name: 'none', sourceLabel: 0 }],
    createdBy: { version: 'none' },
  },
  architecture: '',
  input: { height: 0, width: 0, channels: 0 },
  dataset: undefined,
  license: '',
  parameters: 0,
  flops: 0,
  weightsBytes: 0,
  weightsDigest: '',
  ratesDigest: undefined,
  tau: 0,
  accuracy: undefined,
  modules: [],
};
