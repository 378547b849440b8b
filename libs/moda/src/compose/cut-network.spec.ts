import {
  checkNetwork,
  countParameters,
  inferShapes,
  type Network,
  type Operator,
  trackedLayers,
} from '@moda/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { naiveForward, type UnitMasks } from '../testing/naive-forward.js';
import { cutsOf, imageOf, smallNetwork, smallNetworks } from '../testing/small-networks.js';
import type { Cut } from './cut.js';
import { cutNetwork } from './cut-network.js';

/**
 * The units that are left of each tracked layer: those that are kept, less those that a depthwise convolution after it
 * does not read; where that leaves none, the lowest one that the depthwise convolution keeps.
 */
function unitsLeft(network: Network, { kept }: Cut): { masks: UnitMasks; hasSubstitutes: boolean } {
  const readerOf = (name: string): Operator | undefined => {
    const reader = network.architecture.operators.find(({ inputs }) => inputs.includes(name));
    return reader?.op === 'maxPool' ? readerOf(reader.name) : reader;
  };
  const layers = trackedLayers(network.architecture);
  const masks = new Map<string, readonly number[]>();
  let hasSubstitutes = false;
  for (let l = layers.length - 1; l >= 0; l--) {
    const { name } = layers[l] ?? { name: '' };
    const own = kept[l] ?? [];
    const isReadByDepthwise = readerOf(name)?.op === 'depthwise';
    const next = masks.get(layers[l + 1]?.name ?? '') ?? [];
    const common = isReadByDepthwise ? own.filter((unit) => next.includes(unit)) : own;
    hasSubstitutes ||= common.length === 0;
    masks.set(name, common.length > 0 ? common : next.slice(0, 1));
  }
  return { masks, hasSubstitutes };
}

/** Outputs of the whole network with all other units set to zero, for the classes that are kept. */
function maskedOutputs(network: Network, cut: Cut, image: readonly number[]): Map<number, number> {
  const outputs = naiveForward(network, image, unitsLeft(network, cut).masks);
  return new Map([...outputs].filter(([label]) => cut.classes.includes(label)));
}

function expectSameOutputs(actual: Map<number, number>, expected: Map<number, number>) {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [label, value] of expected) {
    expect(Math.abs((actual.get(label) ?? NaN) - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
  }
}

const networksAndCuts = smallNetworks.chain((network) =>
  fc.record({
    network: fc.constant(network),
    cut: cutsOf(network),
    image: fc.nat().map((seed) => imageOf(network, seed)),
  }),
);

describe('cutting a network', () => {
  it('gives what the whole network gives when the units that were cut are zero', () => {
    fc.assert(
      fc.property(networksAndCuts, ({ network, cut, image }) => {
        const module = cutNetwork(network, cut);
        checkNetwork(module);
        expectSameOutputs(naiveForward(module, image), maskedOutputs(network, cut, image));
      }),
      { numRuns: 100 },
    );
  });

  it('works on a network that is itself cut, and comes to the same as cutting the whole one', () => {
    const nested = networksAndCuts.chain(({ network, cut, image }) =>
      fc.record({
        network: fc.constant(network),
        outer: fc.constant(cut),
        image: fc.constant(image),
        inner: fc.record({
          kept: fc.tuple(...cut.kept.map((units) => fc.subarray([...units], { minLength: 1 }))),
          classes: fc.subarray([...cut.classes], { minLength: 1 }),
        }),
      }),
    );
    fc.assert(
      fc.property(nested, ({ network, outer, inner, image }) => {
        fc.pre(!unitsLeft(network, inner).hasSubstitutes);
        const twice = cutNetwork(cutNetwork(network, outer), inner);
        checkNetwork(twice);
        expectSameOutputs(naiveForward(twice, image), maskedOutputs(network, inner, image));
        expect(countParameters(twice.architecture)).toBe(
          countParameters(cutNetwork(network, inner).architecture),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('leaves the original as it was', () => {
    fc.assert(
      fc.property(networksAndCuts, ({ network, cut }) => {
        const before = structuredClone(network);
        cutNetwork(network, cut);
        expect(network).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps everything, parameter by parameter, when every unit and class is kept', () => {
    fc.assert(
      fc.property(smallNetworks, (network) => {
        const kept = trackedLayers(network.architecture).map(({ channels }) => channels.kept);
        const last = network.architecture.operators.at(-1);
        const whole = cutNetwork(network, {
          kept,
          classes: last && 'channels' in last ? last.channels.kept : [],
        });
        expect(whole).toEqual(network);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the rules of the walk', () => {
  const plan = { channels: 4, classes: 3, seed: 7 };
  const setOf = (network: Network, name: string) =>
    inferShapes(network.architecture).get(name)?.channels.kept;
  const shapeOf = (network: Network, name: string) => network.parameters.get(name)?.shape;

  it('share: a layer, its batch norm and the inputs of the next layer lose the same channels', () => {
    const network = smallNetwork({ ...plan, blocks: ['plain'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[0, 2], [3], [1, 4]], classes: [2] });
    expect(shapeOf(module, 'stem.conv/kernel')).toEqual([3, 3, 2, 2]);
    expect(shapeOf(module, 'stem.bn/variance')).toEqual([2]);
    expect(shapeOf(module, '0.plain.conv/kernel')).toEqual([3, 3, 2, 1]);
    expect(shapeOf(module, 'fc1/kernel')).toEqual([1, 2]);
    expect(shapeOf(module, 'fc2/kernel')).toEqual([2, 1]);
    const mean = network.parameters.get('stem.bn/mean')?.data ?? [];
    expect(Array.from(module.parameters.get('stem.bn/mean')?.data ?? [])).toEqual([mean[0], mean[2]]);
  });

  it('share: pools hand the set on', () => {
    const network = smallNetwork({ ...plan, blocks: ['pool', 'plain'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[1, 2], [0], [0]], classes: [0] });
    expect(setOf(module, '0.pool')).toEqual([1, 2]);
  });

  it('intersect: with an identity shortcut only units kept on both sides are added, and the shortcut keeps its own', () => {
    const network = smallNetwork({ ...plan, blocks: ['identity'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[0, 1], [2], [1, 3], [0]], classes: [0] });
    expect(setOf(module, 'stem.relu')).toEqual([0, 1]);
    expect(setOf(module, '0.identity.bn2')).toEqual([1, 3]);
    expect(setOf(module, '0.identity.add')).toEqual([1, 3]);
    expect(shapeOf(module, '0.identity.conv1/kernel')).toEqual([3, 3, 2, 1]);
  });

  it('intersect: a projection shortcut gets the set of the sum', () => {
    const network = smallNetwork({ ...plan, blocks: ['projection'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[0, 1, 2], [2], [1, 3], [0]], classes: [0] });
    expect(shapeOf(module, '0.projection.shortcut/kernel')).toEqual([1, 1, 3, 2]);
    expect(setOf(module, '0.projection.shortcut.bn')).toEqual([1, 3]);
  });

  it('embed: a depthwise convolution keeps a channel that the layer before it lacks', () => {
    const network = smallNetwork({ ...plan, blocks: ['depthwise'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[0, 1], [1, 3], [0], [0]], classes: [0] });
    expect(setOf(module, '0.depthwise.a')).toEqual([1, 3]);
    expect(setOf(module, 'stem.relu')).toEqual([1]);
  });

  it('embed: where a depthwise convolution shares nothing with the layer before it, that layer keeps the lowest it reads', () => {
    const network = smallNetwork({ ...plan, blocks: ['depthwise'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[1, 2], [0, 3], [0], [0]], classes: [0] });
    expect(setOf(module, 'stem.relu')).toEqual([0]);
    expect(setOf(module, '0.depthwise.a.relu')).toEqual([0, 3]);
  });

  it('expand: a channel becomes one unit per position across flatten, channels fastest', () => {
    const network = smallNetwork({ ...plan, blocks: ['pool'], tail: 'flatten' });
    const module = cutNetwork(network, {
      kept: [
        [1, 3],
        [0, 2],
      ],
      classes: [1],
    });
    // 6x5 pooled by 2 with stride 1 is 5x4.
    expect(shapeOf(module, 'fc1/kernel')).toEqual([20 * 2, 2]);
    const whole = network.parameters.get('fc1/kernel')?.data ?? [];
    const cut = module.parameters.get('fc1/kernel')?.data ?? [];
    const position = 3 * 4 + 2;
    expect(cut[(position * 2 + 1) * 2 + 1]).toBe(whole[(position * 4 + 3) * 5 + 2]);
  });

  it('leaves layers alone that are not tracked', () => {
    const network = smallNetwork({ ...plan, blocks: ['untracked', 'plain'], tail: 'globalPool' });
    const module = cutNetwork(network, { kept: [[0], [1], [2]], classes: [0] });
    expect(setOf(module, '0.untracked.relu')).toEqual([0, 1, 2, 3]);
    expect(shapeOf(module, '0.untracked.conv/kernel')).toEqual([3, 3, 1, 4]);
  });
});

describe('a cut that cannot be made', () => {
  const network = smallNetwork({ blocks: ['plain'], tail: 'globalPool', channels: 4, classes: 3, seed: 1 });
  const kept = [[0, 1], [2], [0]];
  const smaller = cutNetwork(network, { kept, classes: [0, 2] });
  const shared: Network = {
    ...network,
    architecture: {
      ...network.architecture,
      operators: network.architecture.operators.map((operator) =>
        operator.name === 'globalPool' ? { ...operator, inputs: ['0.plain.bn'] } : operator,
      ),
    },
  };

  it.each([
    {
      of: 'another network',
      cut: () => cutNetwork(network, { kept: [[0]], classes: [0] }),
      code: 'PARAMETER_MISMATCH',
      message:
        'The network has 3 tracked layers, but units are given for 1; take the activation rates of this network.',
    },
    {
      of: 'no unit of a layer',
      cut: () => cutNetwork(network, { kept: [[0], [], [0]], classes: [0] }),
      code: 'PARAMETER_MISMATCH',
      message: 'Layer "0.plain.relu" would keep no unit; keep at least one of its 4.',
    },
    {
      of: 'a unit that no such layer has',
      cut: () => cutNetwork(network, { kept: [[0], [4], [0]], classes: [0] }),
      code: 'PARAMETER_MISMATCH',
      message: 'Layer "0.plain.relu" has no unit 4, only 0 to 3; take the activation rates of this network.',
    },
    {
      of: 'a unit that was cut before',
      cut: () => cutNetwork(smaller, { kept: [[0, 3], [2], [0]], classes: [0] }),
      code: 'PARAMETER_MISMATCH',
      message:
        'Layer "stem.relu" lacks 1 of the 2 units that it is to keep; cut a network that still has them, such as the whole one.',
    },
    {
      of: 'a class that was cut before',
      cut: () => cutNetwork(smaller, { kept, classes: [1] }),
      code: 'CLASS_UNKNOWN',
      message: 'The network has no class 1; it has 0, 2.',
    },
    {
      of: 'no class',
      cut: () => cutNetwork(network, { kept, classes: [] }),
      code: 'USAGE',
      message: 'No class is given; name at least one class to keep.',
    },
  ])('of $of says so', ({ cut, code, message }) => {
    expect(cut).toThrow(expect.objectContaining({ code, message }));
  });

  it('because a layer shares its input says so', () => {
    const both: Network = {
      ...shared,
      architecture: {
        ...shared.architecture,
        operators: shared.architecture.operators.flatMap((operator) =>
          operator.name === 'globalPool'
            ? [
                {
                  op: 'conv',
                  name: 'reader',
                  inputs: ['0.plain.relu'],
                  channels: { of: 1, kept: [0] },
                  size: 1,
                  stride: 1,
                  padding: 0,
                  bias: false,
                },
                operator,
              ]
            : [operator],
        ),
      },
    };
    expect(() => cutNetwork(both, { kept, classes: [0] })).toThrow(
      expect.objectContaining({
        code: 'ARCHITECTURE_INVALID',
        message:
          'The tracked layer "0.plain.relu" cannot be cut, because what it reads is also read, whole, by another operator; give it an operator of its own or leave it untracked.',
      }),
    );
  });
});
