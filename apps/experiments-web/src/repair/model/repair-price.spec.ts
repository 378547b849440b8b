import { repairedNetwork, scoreReplacedNetwork } from '@moda/moda';
import {
  type Architecture,
  countFlops,
  countParameters,
  fullSet,
  type HostTensor,
  type Network,
  parameterSpecs,
} from '@moda/nn/graph';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repairPrice } from './repair-price';

/** A network of one hidden layer over 2x2 images. */
function network(name: string, hidden: number, classes: number): Network {
  const architecture: Architecture = {
    name,
    input: { height: 2, width: 2, channels: 1 },
    operators: [
      { op: 'flatten', name: 'flatten', inputs: ['input'] },
      { op: 'dense', name: 'hidden', inputs: ['flatten'], channels: fullSet(hidden), bias: true },
      { op: 'relu', name: 'relu', inputs: ['hidden'], tracked: true },
      { op: 'dense', name: 'fc', inputs: ['relu'], channels: fullSet(classes), bias: true },
    ],
  };
  const parameters = new Map(
    parameterSpecs(architecture).map(({ name: own, shape }): [string, HostTensor] => [
      own,
      { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) },
    ]),
  );
  return { architecture, parameters };
}

it('is exactly what the repaired network has more than the weak one', () => {
  const size = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 2, max: 9 }), (inputs, hidden, classes) => {
      const [weak, strong] = [network('weak', inputs, classes), network('strong', hidden, 1)];
      const calibration = {
        kernel: new Float32Array(classes * classes),
        bias: new Float32Array(classes),
      };
      const repaired = {
        moda: repairedNetwork(weak, strong, 0, calibration),
        cnnsplitter: scoreReplacedNetwork(weak, strong, 0, { lowest: 0, highest: 1 }),
      };
      const module = {
        parameters: countParameters(strong.architecture),
        flops: countFlops(strong.architecture),
      };
      for (const strategy of ['moda', 'cnnsplitter'] as const) {
        expect(repairPrice(module, strategy, { classes, inputs })).toEqual({
          parameters: countParameters(repaired[strategy].architecture) - countParameters(weak.architecture),
          flops: countFlops(repaired[strategy].architecture) - countFlops(weak.architecture),
        });
      }
    }),
    { numRuns: 50 },
  );
});
