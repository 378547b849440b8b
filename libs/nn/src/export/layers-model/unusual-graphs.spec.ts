import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Architecture, Operator } from '../../graph/architecture.js';
import { fullSet } from '../../graph/channel-set.js';
import type { Network } from '../../graph/network.js';
import { expectSameLogits } from './testing/logits.js';
import { withRandomParameters } from './testing/random-network.js';

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});
afterAll(() => {
  expect(backend.tensorCount()).toBe(0);
});

const window = { size: 3, stride: 1, padding: 1, bias: true };

function conv(name: string, from: string, kept = [0, 1, 2, 3]): Operator {
  return { op: 'conv', name, inputs: [from], channels: { of: 4, kept }, ...window };
}

function dense(name: string, from: string, kept = [0, 1, 2]): Operator {
  return { op: 'dense', name, inputs: [from], channels: { of: 3, kept }, bias: true };
}

function networkOf(...operators: Operator[]): Network {
  const architecture: Architecture = {
    name: 'unusual',
    input: { height: 5, width: 4, channels: 2 },
    operators,
  };
  return withRandomParameters(architecture, 3);
}

/** Two networks over one image, the second one's output in place of an output of the first, as `moda replace` joins them. */
const repaired: readonly Operator[] = [
  conv('weak.conv', 'input'),
  { op: 'globalPool', name: 'weak.pool', inputs: ['weak.conv'] },
  dense('weak.fc', 'weak.pool'),
  conv('strong.conv', 'input', [1, 3]),
  { op: 'flatten', name: 'strong.flat', inputs: ['strong.conv'] },
  dense('strong.fc', 'strong.flat', [1]),
];

describe('a repaired network', () => {
  it('with a calibration layer gives the same logits', async () => {
    const network = networkOf(
      ...repaired,
      { op: 'concat', name: 'concat', inputs: ['weak.fc', 'strong.fc'] },
      dense('calibration', 'concat'),
    );
    expect((await expectSameLogits(backend, network)).spread).toBeGreaterThan(0.1);
  });

  it('with replaced scores gives the same scores', async () => {
    const network = networkOf(
      ...repaired,
      { op: 'softmax', name: 'scores', inputs: ['weak.fc'] },
      { op: 'dense', name: 'normalise', inputs: ['strong.fc'], channels: fullSet(1), bias: true },
      { op: 'concat', name: 'concat', inputs: ['scores', 'normalise'] },
      dense('calibration', 'concat'),
    );
    expect((await expectSameLogits(backend, network)).spread).toBeGreaterThan(0.1);
  });
});

describe('the same logits come', () => {
  it('from names that TensorFlow.js has other plans for', async () => {
    const names = ['constructor', '__proto__', 'a/b', 'a_b', 'a b', 'images', 'é', '-', 'toString', '3'];
    let from = 'input';
    const convolutions = names.map((name) => {
      const operator = conv(name, from);
      from = name;
      return operator;
    });
    const pooled: Operator = { op: 'globalPool', name: 'valueOf', inputs: [from] };
    await expectSameLogits(backend, networkOf(...convolutions, pooled, dense('flat', 'valueOf')));
  });

  it('from sums of flat outputs with channels of their own, and of one output with itself', async () => {
    await expectSameLogits(
      backend,
      networkOf(
        { op: 'flatten', name: 'flat', inputs: ['input'] },
        dense('a', 'flat', [0, 2]),
        dense('b', 'flat', [1, 2]),
        { op: 'add', name: 'sum', inputs: ['a', 'b'], channels: { of: 3, kept: [0, 1] } },
        { op: 'add', name: 'twice', inputs: ['sum', 'sum'], channels: { of: 3, kept: [1, 2] } },
        { op: 'concat', name: 'doubled', inputs: ['twice', 'twice'] },
        { op: 'concat', name: 'alone', inputs: ['doubled'] },
      ),
    );
  });

  it('where inputs and a layer have no channel in common', async () => {
    await expectSameLogits(
      backend,
      networkOf(
        conv('left', 'input', [0]),
        conv('right', 'input', [1]),
        { op: 'add', name: 'sum', inputs: ['left', 'right'], channels: { of: 4, kept: [1, 2] } },
        { op: 'depthwise', name: 'depth', inputs: ['left'], channels: { of: 4, kept: [1, 3] }, ...window },
        { op: 'add', name: 'both', inputs: ['sum', 'depth'], channels: { of: 4, kept: [1, 2, 3] } },
        { op: 'flatten', name: 'flat', inputs: ['both'] },
      ),
    );
  });

  it('from a network without parameters', async () => {
    await expectSameLogits(
      backend,
      networkOf(
        { op: 'maxPool', name: 'pool', inputs: ['input'], size: 2, stride: 1 },
        { op: 'flatten', name: 'flat', inputs: ['pool'] },
        { op: 'softmax', name: 'softmax', inputs: ['flat'] },
      ),
    );
  });
});
