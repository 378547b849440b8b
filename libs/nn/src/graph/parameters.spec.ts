import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryArchitecture } from './testing/arbitrary-architecture.js';
import type { Architecture } from './architecture.js';
import { fullSet } from './channel-set.js';
import { countFlops, countFlopsPerLayer, countParameters, countState } from './count.js';
import { parameterSpecs, trackedLayers } from './parameters.js';

/** A sliced network: 2 of 4 channels, 1 of them in the depthwise convolution, 3 of 5 units. */
const sliced: Architecture = {
  name: 'sliced',
  input: { height: 4, width: 6, channels: 3 },
  operators: [
    {
      op: 'conv',
      name: 'conv',
      inputs: ['input'],
      channels: { of: 4, kept: [1, 3] },
      size: 3,
      stride: 2,
      padding: 1,
      bias: true,
    },
    { op: 'batchNorm', name: 'bn', inputs: ['conv'], epsilon: 1e-5 },
    { op: 'relu', name: 'relu1', inputs: ['bn'], tracked: true },
    {
      op: 'depthwise',
      name: 'dw',
      inputs: ['relu1'],
      channels: { of: 4, kept: [3] },
      size: 3,
      stride: 1,
      padding: 1,
      bias: false,
    },
    { op: 'relu', name: 'untracked', inputs: ['dw'], tracked: false },
    { op: 'flatten', name: 'flat', inputs: ['untracked'] },
    { op: 'dense', name: 'hidden', inputs: ['flat'], channels: { of: 5, kept: [0, 2, 4] }, bias: true },
    { op: 'relu', name: 'relu2', inputs: ['hidden'], tracked: true },
    { op: 'dense', name: 'logits', inputs: ['relu2'], channels: fullSet(2), bias: false },
  ],
};

describe('parameterSpecs', () => {
  it('lists parameters in forward order with the shapes of the channels that are present', () => {
    expect(parameterSpecs(sliced).map(({ name, role, shape }) => [name, role, shape])).toEqual([
      ['conv/kernel', 'trainable', [3, 3, 3, 2]],
      ['conv/bias', 'trainable', [2]],
      ['bn/scale', 'trainable', [2]],
      ['bn/offset', 'trainable', [2]],
      ['bn/mean', 'statistic', [2]],
      ['bn/variance', 'statistic', [2]],
      ['dw/kernel', 'trainable', [3, 3, 1, 1]],
      ['hidden/kernel', 'trainable', [6, 3]],
      ['hidden/bias', 'trainable', [3]],
      ['logits/kernel', 'trainable', [3, 2]],
    ]);
  });

  it('names each parameter once', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const names = parameterSpecs(architecture).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});

describe('trackedLayers', () => {
  it('are the tracked ReLUs in forward order, with their channels and map size', () => {
    expect(trackedLayers(sliced)).toEqual([
      { name: 'relu1', channels: { of: 4, kept: [1, 3] }, height: 2, width: 3 },
      { name: 'relu2', channels: { of: 5, kept: [0, 2, 4] }, height: 1, width: 1 },
    ]);
  });
});

describe('counts', () => {
  it('add up trainable parameters, and running statistics too for the state', () => {
    const trainable = 3 * 3 * 3 * 2 + 2 + 2 + 2 + 3 * 3 + 6 * 3 + 3 + 3 * 2;
    expect(countParameters(sliced)).toBe(trainable);
    expect(countState(sliced)).toBe(trainable + 2 + 2);
  });

  it('count one multiply-add per kernel value and position, for conv, depthwise and dense layers only', () => {
    const positions = 2 * 3;
    expect(countFlopsPerLayer(sliced)).toEqual([
      { name: 'conv', flops: positions * 9 * 3 * 2 },
      { name: 'dw', flops: positions * 9 },
      { name: 'hidden', flops: 6 * 3 },
      { name: 'logits', flops: 3 * 2 },
    ]);
    expect(countFlops(sliced)).toBe(positions * 9 * 3 * 2 + positions * 9 + 18 + 6);
  });
});
