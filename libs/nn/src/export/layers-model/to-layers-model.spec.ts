import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../architectures/build-architecture.js';
import type { Architecture, Operator } from '../../graph/architecture.js';
import { fullSet } from '../../graph/channel-set.js';
import { inferShapes } from '../../graph/infer-shapes.js';
import { arbitraryArchitecture } from '../../graph/testing/arbitrary-architecture.js';
import { expectSameLogits } from './testing/logits.js';
import { randomCut, withRandomParameters } from './testing/random-network.js';

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});
afterAll(() => {
  expect(backend.tensorCount()).toBe(0);
});

const colour = { height: 32, width: 32, channels: 3 };
const networks: readonly (readonly [arch: string, input: typeof colour])[] = [
  ['lenet5', { height: 28, width: 26, channels: 1 }],
  ['compact', { height: 24, width: 32, channels: 1 }],
  ['vgg16', colour],
  ['resnet18', colour],
  ['mobilenet', colour],
];

describe.each(networks)('an exported %s', (arch, input) => {
  const whole = buildArchitecture(arch, { input, classes: 10 });

  it('gives the same logits in TensorFlow.js without any custom layer', async () => {
    const { spread } = await expectSameLogits(backend, withRandomParameters(whole, 1));
    expect(spread).toBeGreaterThan(0.5);
  });

  it.each([[[7]], [[2, 7]], [[0, 3, 4, 7, 9]]])(
    'gives them for the classes %j, whatever each layer keeps',
    async (outputs) => {
      const cut = randomCut(whole, { share: 0.4, outputs, seed: outputs.length });
      const { shape, spread } = await expectSameLogits(backend, withRandomParameters(cut, 2));
      expect(shape).toEqual([2, outputs.length]);
      expect(spread).toBeGreaterThan(0);
    },
  );
});

describe('any network', () => {
  it('gives the same logits in TensorFlow.js, whatever its channel sets', async () => {
    const law = fc.asyncProperty(arbitraryArchitecture, fc.nat(), async (architecture, seed) => {
      await expectSameLogits(backend, withRandomParameters(architecture, seed));
    });
    await fc.assert(law, { numRuns: 40 });
  });

  it('does so whatever its windows, strides and paddings', async () => {
    const window = fc.record({
      size: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 3 }),
      bias: fc.boolean(),
    });
    const extent = fc.integer({ min: 4, max: 9 });
    const plan = fc.record({ first: window, second: window, height: extent, width: extent });
    const law = fc.asyncProperty(plan, async ({ first, second, height, width }) => {
      const operators: Operator[] = [
        { op: 'conv', name: 'conv', inputs: ['input'], channels: fullSet(3), ...first },
        { op: 'depthwise', name: 'depth', inputs: ['conv'], channels: fullSet(3), ...second },
        { op: 'flatten', name: 'flat', inputs: ['depth'] },
      ];
      const architecture = { name: 'windows', input: { height, width, channels: 2 }, operators };
      fc.pre(fits(architecture));
      await expectSameLogits(backend, withRandomParameters(architecture, height));
    });
    await fc.assert(law, { numRuns: 60 });
  });
});

function fits(architecture: Architecture): boolean {
  try {
    inferShapes(architecture);
    return true;
  } catch {
    return false;
  }
}
