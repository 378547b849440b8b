import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../architectures/build-architecture.js';
import type { Architecture } from '../graph/architecture.js';
import { fullSet } from '../graph/channel-set.js';
import { checkNetwork } from '../graph/check-network.js';
import type { Network } from '../graph/network.js';
import { initialise } from './initialise.js';

const input = { height: 32, width: 32, channels: 3 };

function valuesOf(network: Network, name: string): Float32Array {
  const parameter = network.parameters.get(name);
  if (!parameter) throw new Error(`no parameter ${name}`);
  return parameter.data;
}

function momentsOf(values: Float32Array): { mean: number; deviation: number; kurtosis: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number) =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  return { mean, deviation: Math.sqrt(central(2)), kurtosis: central(4) / central(2) ** 2 };
}

describe('initialise', () => {
  it('makes a network that fits its architecture', () => {
    for (const name of ['mobilenet', 'lenet5', 'compact']) {
      checkNetwork(initialise(buildArchitecture(name, { input, classes: 10 }), 42));
    }
  });

  it('draws convolutions from N(0, 2 / (k^2 out)) and dense layers from N(0, 0.01^2)', () => {
    const network = initialise(buildArchitecture('compact', { input, classes: 10 }), 42);
    const convolution = momentsOf(valuesOf(network, 'features.14/kernel')); // 3x3, 64 -> 64: 36,864 values
    const expected = Math.sqrt(2 / (9 * 64));
    expect(Math.abs(convolution.mean)).toBeLessThan((4 * expected) / Math.sqrt(36_864));
    expect(convolution.deviation / expected).toBeCloseTo(1, 1);
    expect(convolution.kurtosis).toBeGreaterThan(2.85);
    expect(convolution.kurtosis).toBeLessThan(3.15);
    const dense = momentsOf(valuesOf(network, 'classifier.0/kernel'));
    expect(dense.deviation / 0.01).toBeCloseTo(1, 2);
    expect(new Set(valuesOf(network, 'classifier.0/bias'))).toEqual(new Set([0]));
  });

  it('counts every channel in the fan-out of a depthwise convolution, as PyTorch does', () => {
    const network = initialise(buildArchitecture('mobilenet', { input, classes: 10 }), 42);
    const { deviation } = momentsOf(valuesOf(network, 'layers.12.conv1/kernel')); // 3x3, 1024 channels: 9,216 values
    expect(deviation / Math.sqrt(2 / (9 * 1024))).toBeCloseTo(1, 1);
  });

  it('starts batch norm with scale 1, offset 0, mean 0 and variance 1', () => {
    const network = initialise(buildArchitecture('compact', { input, classes: 10 }), 42);
    expect(
      ['scale', 'offset', 'mean', 'variance'].map((kind) => [
        ...new Set(valuesOf(network, `features.1/${kind}`)),
      ]),
    ).toEqual([[1], [0], [0], [1]]);
  });

  it('draws from the uniform distribution on +-1/sqrt(fan-in), biases too, where there is no batch norm', () => {
    const network = initialise(buildArchitecture('lenet5', { input, classes: 10 }), 42);
    for (const [name, fanIn] of [
      ['conv2', 25 * 6],
      ['fc1', 400],
    ] as const) {
      const bound = 1 / Math.sqrt(fanIn);
      const kernel = valuesOf(network, `${name}/kernel`);
      const largest = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeLessThanOrEqual(Math.fround(bound));
      expect(largest).toBeGreaterThan(0.99 * bound);
      expect(momentsOf(kernel).deviation / (bound / Math.sqrt(3))).toBeCloseTo(1, 1);
      const bias = valuesOf(network, `${name}/bias`);
      expect(bias.every((value) => value !== 0 && Math.abs(value) <= bound)).toBe(true);
    }
  });
});

describe('a seed', () => {
  const architecture: Architecture = {
    name: 'sample',
    input: { height: 4, width: 4, channels: 1 },
    operators: [
      {
        op: 'conv',
        name: 'conv',
        inputs: ['input'],
        channels: fullSet(3),
        size: 3,
        stride: 1,
        padding: 0,
        bias: false,
      },
      { op: 'batchNorm', name: 'bn', inputs: ['conv'], epsilon: 1e-5 },
      { op: 'globalPool', name: 'mean', inputs: ['bn'] },
      { op: 'dense', name: 'logits', inputs: ['mean'], channels: fullSet(2), bias: true },
    ],
  };
  const kernel = (seed: number, from = architecture) => valuesOf(initialise(from, seed), 'conv/kernel');

  it('gives the same weights again', () => {
    expect(initialise(architecture, 42)).toEqual(initialise(architecture, 42));
  });

  it('gives other weights than any other seed', () => {
    const seeds = [0, 1, 2, 42, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    expect(new Set(seeds.map((seed) => kernel(seed).join())).size).toBe(seeds.length);
  });

  it('gives every parameter its own draws', () => {
    const network = initialise(architecture, 42, 'fanInUniform');
    const first = [...network.parameters.values()].filter(({ data }) => ![0, 1].includes(data[0] ?? 0));
    // Scaled to the unit interval, so that equal draws would show whatever the fan-in is.
    expect(first).toHaveLength(3);
    const draws = [
      valuesOf(network, 'conv/kernel'),
      valuesOf(network, 'logits/kernel'),
      valuesOf(network, 'logits/bias'),
    ];
    const units = draws.map((values, i) => ((values[0] ?? 0) * Math.sqrt(i === 0 ? 9 : 3)).toFixed(5));
    expect(new Set(units).size).toBe(3);
  });

  it('gives a parameter the same draws whatever else the network has', () => {
    const [convolution, , ...rest] = architecture.operators;
    if (!convolution) throw new Error('no convolution');
    const other: Architecture = {
      ...architecture,
      operators: [
        convolution,
        { op: 'batchNorm', name: 'more', inputs: ['conv'], epsilon: 1e-5 },
        { op: 'batchNorm', name: 'bn', inputs: ['more'], epsilon: 1e-5 },
        ...rest,
      ],
    };
    expect(kernel(42, other)).toEqual(kernel(42));
  });

  // Written down once: other bits on another machine or version of Node would mean other results of every recorded run.
  it('means these very bits', () => {
    expect([...kernel(42)].slice(0, 6).map((value) => value.toPrecision(9))).toEqual([
      '0.0544184484',
      '0.0614730343',
      '0.132020593',
      '0.0169120822',
      '-0.224937782',
      '-0.00966110360',
    ]);
  });
});
