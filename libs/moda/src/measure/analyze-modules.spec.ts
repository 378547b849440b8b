import {
  type Architecture,
  countFlops,
  countParameters,
  type HostTensor,
  initialise,
  type Network,
} from '@moda/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { moduleOf } from '../compose/compose-module.js';
import { cutArchitecture } from '../compose/cut-architecture.js';
import { cutNetwork } from '../compose/cut-network.js';
import type { ActivationRates } from '../decompose/activation-rates.js';
import { cutsOf, smallNetwork, smallNetworks } from '../testing/small-networks.js';
import { analyzeModules } from './analyze-modules.js';
import { parameterExtent, sharedParameters } from './shared-parameters.js';

/** The network with every parameter value replaced by a number of its own. */
function numbered({ architecture, parameters }: Network): Network {
  let next = 0;
  const tagged = [...parameters].map(([name, { shape, data }]): [string, HostTensor] => [
    name,
    { shape, data: data.map(() => next++) },
  ]);
  return { architecture, parameters: new Map(tagged) };
}

function valuesOf(network: Network, { withStatistics }: { withStatistics: boolean }): Set<number> {
  const names = [...network.parameters.keys()].filter(
    (name) => withStatistics || !/\/(mean|variance)$/.test(name),
  );
  return new Set(names.flatMap((name) => Array.from(network.parameters.get(name)?.data ?? [])));
}

function common(a: Set<number>, b: Set<number>): number {
  return [...a].filter((value) => b.has(value)).length;
}

describe('parameters that two modules share', () => {
  it('are those values of the network that are in both', () => {
    const pairsOfCuts = smallNetworks.chain((network) =>
      fc.record({ network: fc.constant(numbered(network)), a: cutsOf(network), b: cutsOf(network) }),
    );
    fc.assert(
      fc.property(pairsOfCuts, ({ network, a, b }) => {
        const [x, y] = [cutNetwork(network, a), cutNetwork(network, b)];
        const shared = sharedParameters(parameterExtent(x.architecture), parameterExtent(y.architecture));
        for (const withStatistics of [false, true]) {
          const expected = common(valuesOf(x, { withStatistics }), valuesOf(y, { withStatistics }));
          expect(withStatistics ? shared.state : shared.trainable).toBe(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('of a module with itself are all it has', () => {
    fc.assert(
      fc.property(
        smallNetworks.chain((network) => fc.record({ network: fc.constant(network), cut: cutsOf(network) })),
        ({ network, cut }) => {
          const module = cutArchitecture(network.architecture, cut);
          const extent = parameterExtent(module);
          expect(sharedParameters(extent, extent).trainable).toBe(countParameters(module));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are asked for of one network only', () => {
    const extentOf = (blocks: 'plain'[]) =>
      parameterExtent(
        smallNetwork({ blocks, tail: 'globalPool', channels: 2, classes: 2, seed: 1 }).architecture,
      );
    expect(() => sharedParameters(extentOf([]), extentOf(['plain']))).toThrow(
      'modules of different networks',
    );
  });
});

describe('the analysis of modules', () => {
  // conv 1x1 1->2 without bias, ReLU, global pool, dense 2->2 with bias: 2 + 4 + 2 parameters; 4 positions.
  const architecture: Architecture = {
    name: 'tiny',
    input: { height: 2, width: 2, channels: 1 },
    operators: [
      {
        op: 'conv',
        name: 'conv',
        inputs: ['input'],
        channels: { of: 2, kept: [0, 1] },
        size: 1,
        stride: 1,
        padding: 0,
        bias: false,
      },
      { op: 'relu', name: 'relu', inputs: ['conv'], tracked: true },
      { op: 'globalPool', name: 'pool', inputs: ['relu'] },
      { op: 'dense', name: 'fc', inputs: ['pool'], channels: { of: 2, kept: [0, 1] }, bias: true },
    ],
  };
  const rates: ActivationRates = {
    samples: Uint32Array.of(10, 10),
    layers: [{ name: 'relu', units: 2, counts: Uint32Array.of(10, 10, 2, 9) }],
  };

  it('reports sizes, overlaps and FLOPs by hand-checked numbers', () => {
    const analysis = analyzeModules({ architecture }, rates, 0.9);
    expect(analysis.model).toEqual({ parameters: 8, state: 8, flops: 12 });
    expect(analysis.modules).toEqual([
      { class: 0, kept: [[0, 1]], parameters: 5, share: 5 / 8, flops: 10, flopsShare: 10 / 12 },
      { class: 1, kept: [[1]], parameters: 3, share: 3 / 8, flops: 5, flopsShare: 5 / 12 },
    ]);
    // The one kernel value of unit 1; the dense layers answer different classes.
    expect(analysis.pairs.overlap).toEqual([
      [5 / 8, 1 / 8],
      [1 / 8, 3 / 8],
    ]);
    expect(analysis.pairs.jaccard).toEqual([
      [1, 1 / 7],
      [1 / 7, 1],
    ]);
    expect(analysis.layers).toEqual([
      { name: 'relu', units: 2, meanKept: 0.75, meanOverlap: 0.5, meanJaccard: 0.5 },
    ]);
    expect(analysis.meanShare).toBe(0.5);
    expect(analysis.meanOverlap).toBe(1 / 8);
    expect(analysis.meanStateOverlap).toBe(1 / 8);
    expect(analysis.meanFlopsShare).toBeCloseTo(0.625, 12);
    expect(analysis.floorHits).toEqual([]);
  });

  it('reports floor hits', () => {
    const analysis = analyzeModules({ architecture }, rates, 0.95);
    expect(analysis.floorHits).toEqual([{ class: 1, layer: 'relu', reached: 0, taken: 2 }]);
  });

  it('is plain data', () => {
    const analysis = analyzeModules({ architecture }, rates, 0.9);
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });

  it('agrees with the modules that are really cut', () => {
    const network = initialise(architecture, 1);
    const { modules } = analyzeModules(network, rates, 0.9);
    for (const { class: label, parameters, flops } of modules) {
      const module = moduleOf(network, rates, 0.9, label);
      expect([countParameters(module.architecture), countFlops(module.architecture)]).toEqual([
        parameters,
        flops,
      ]);
    }
  });

  it('has no pair, and means of 0 over pairs, for a network of one class', () => {
    const one: Architecture = {
      ...architecture,
      operators: architecture.operators.map((operator) =>
        operator.op === 'dense' ? { ...operator, channels: { of: 1, kept: [0] } } : operator,
      ),
    };
    const analysis = analyzeModules(
      { architecture: one },
      { samples: Uint32Array.of(1), layers: [{ name: 'relu', units: 2, counts: Uint32Array.of(1, 0) }] },
      0.9,
    );
    expect([analysis.meanOverlap, analysis.meanJaccard, analysis.layers[0]?.meanOverlap]).toEqual([0, 0, 0]);
  });
});
