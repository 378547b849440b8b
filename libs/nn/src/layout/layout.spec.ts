import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../architectures/build-architecture.js';
import { arbitraryArchitecture } from '../graph/testing/arbitrary-architecture.js';
import type { Architecture, ChannelSet, Operator } from '../graph/architecture.js';
import { fullSet } from '../graph/channel-set.js';
import type { HostTensor, Network } from '../graph/network.js';
import { parameterSpecs } from '../graph/parameters.js';
import { initialise } from '../initialise/initialise.js';
import type { ForeignTensor } from './foreign-tensor.js';
import { fromPytorchLayout } from './from-pytorch-layout.js';
import { fromNativeLayout, toNativeLayout } from './native-layout.js';
import { tensorsToPytorchLayout, toPytorchLayout } from './to-pytorch-layout.js';

/** Parameters that hold 0, 1, 2, … so that a value says where it came from. */
function numbered(architecture: Architecture): Network {
  const parameters = parameterSpecs(architecture).map(({ name, shape }): [string, HostTensor] => {
    const values = shape.reduce((product, extent) => product * extent, 1);
    return [name, { shape, data: Float32Array.from({ length: values }, (_, i) => i) }];
  });
  return { architecture, parameters: new Map(parameters) };
}

function pytorchValues(network: Network, name: string): number[] {
  const tensor = toPytorchLayout(network).get(name);
  if (!tensor) throw new Error(`no tensor ${name}`);
  return [...tensor.data];
}

/** A 2x3 map of the channels given, flattened into a dense layer. */
function flattenNetwork(channels: ChannelSet, ...between: Operator[]): Architecture {
  return {
    name: 'sample',
    input: { height: 2, width: 3, channels: 1 },
    operators: [
      { op: 'conv', name: 'conv', inputs: ['input'], channels, size: 1, stride: 1, padding: 0, bias: false },
      { op: 'flatten', name: 'flat', inputs: ['conv'] },
      ...between,
      { op: 'dense', name: 'fc', inputs: [between.at(-1)?.name ?? 'flat'], channels: fullSet(1), bias: true },
    ],
  };
}

describe('the first dense layer behind a flatten', () => {
  it('takes channels fastest here and slowest in PyTorch: a 2x3 map of 2 channels', () => {
    // Native unit (y 3 + x) 2 + c, in PyTorch's order c 6 + y 3 + x.
    const network = numbered(flattenNetwork(fullSet(2)));
    expect(pytorchValues(network, 'fc.weight')).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
  });

  it('does so for the channels that a module has', () => {
    // PyTorch's module flattens its own 2 channels of 4; which of the original ones they are makes no difference.
    const network = numbered(flattenNetwork({ of: 4, kept: [1, 3] }));
    expect(pytorchValues(network, 'fc.weight')).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
  });

  it('does so with a relu in between', () => {
    const network = numbered(
      flattenNetwork(fullSet(2), { op: 'relu', name: 'relu', inputs: ['flat'], tracked: true }),
    );
    expect(pytorchValues(network, 'fc.weight')).toEqual([0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]);
  });

  it('does so for the flattened part of a concatenation, in its place', () => {
    const network = numbered(
      flattenNetwork(
        fullSet(2),
        { op: 'globalPool', name: 'mean', inputs: ['conv'] },
        { op: 'concat', name: 'both', inputs: ['mean', 'flat'] },
      ),
    );
    expect(pytorchValues(network, 'fc.weight')).toEqual([0, 1, 2, 4, 6, 8, 10, 12, 3, 5, 7, 9, 11, 13]);
  });

  it('does so for the units that an addition of flattened maps keeps', () => {
    // Kept: position 0 channel 1, position 1 both, position 5 channel 0; PyTorch has channel 0 first.
    const channels = { of: 12, kept: [1, 2, 3, 10] };
    const network = numbered(
      flattenNetwork(fullSet(2), { op: 'add', name: 'sum', inputs: ['flat', 'flat'], channels }),
    );
    expect(pytorchValues(network, 'fc.weight')).toEqual([1, 3, 0, 2]);
  });

  it('leaves later dense layers in order', () => {
    const network = numbered({
      ...flattenNetwork(fullSet(2)),
      operators: [
        ...flattenNetwork(fullSet(2)).operators,
        { op: 'dense', name: 'fc2', inputs: ['fc'], channels: fullSet(3), bias: false },
      ],
    });
    expect(pytorchValues(network, 'fc2.weight')).toEqual([0, 1, 2]);
  });
});

describe('kernels', () => {
  const window = { stride: 1, padding: 0, bias: false };
  const architecture: Architecture = {
    name: 'sample',
    input: { height: 4, width: 4, channels: 3 },
    operators: [
      { op: 'conv', name: 'conv', inputs: ['input'], channels: fullSet(2), size: 2, ...window },
      { op: 'depthwise', name: 'dw', inputs: ['conv'], channels: fullSet(2), size: 2, ...window },
      { op: 'batchNorm', name: 'bn', inputs: ['dw'], epsilon: 1e-5 },
      { op: 'conv', name: 'one', inputs: ['bn'], channels: fullSet(1), size: 2, ...window },
      { op: 'globalPool', name: 'mean', inputs: ['one'] },
      { op: 'dense', name: 'fc', inputs: ['mean'], channels: fullSet(2), bias: true },
    ],
  };
  const network = numbered(architecture);

  it('are [out, in, kh, kw], and [channel, 1, kh, kw] for depthwise convolutions', () => {
    const shapes = [...toPytorchLayout(network)].map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ['conv.weight', [2, 3, 2, 2]],
      ['dw.weight', [2, 1, 2, 2]],
      ['bn.weight', [2]],
      ['bn.bias', [2]],
      ['bn.running_mean', [2]],
      ['bn.running_var', [2]],
      ['one.weight', [1, 2, 2, 2]],
      ['fc.weight', [2, 1]],
      ['fc.bias', [2]],
    ]);
  });

  it('have each value at its place', () => {
    // Native index ((y 2 + x) 3 + in) 2 + out.
    expect(pytorchValues(network, 'conv.weight')).toEqual([
      0, 6, 12, 18, 2, 8, 14, 20, 4, 10, 16, 22, 1, 7, 13, 19, 3, 9, 15, 21, 5, 11, 17, 23,
    ]);
    expect(pytorchValues(network, 'dw.weight')).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  });
});

describe('both layouts', () => {
  it('come back as they went, for whole and sliced networks', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const network = numbered(architecture);
        expect(fromPytorchLayout(architecture, toPytorchLayout(network))).toEqual(network);
        expect(fromNativeLayout(architecture, toNativeLayout(network))).toEqual(network);
      }),
    );
  });

  it('come back for every built-in network whose maps are not square', () => {
    const options = { input: { height: 32, width: 48, channels: 3 }, classes: 2 };
    for (const name of ['lenet5', 'compact']) {
      const network = initialise(buildArchitecture(name, options), 7);
      const back = fromPytorchLayout(network.architecture, toPytorchLayout(network));
      for (const [parameter, { data }] of network.parameters) {
        const returned = back.parameters.get(parameter)?.data;
        expect(returned?.length).toBe(data.length);
        expect(returned?.every((value, i) => value === data[i])).toBe(true);
      }
    }
  });

  it('take gradients, which exist for some parameters only', () => {
    const { architecture, parameters } = numbered(flattenNetwork(fullSet(2)));
    const kernel = parameters.get('fc/kernel');
    if (!kernel) throw new Error('no kernel');
    const converted = tensorsToPytorchLayout(architecture, new Map([['fc/kernel', kernel]]));
    expect([...converted.keys()]).toEqual(['fc.weight']);
  });
});

describe('reading a PyTorch module', () => {
  /** A network that is called as the real one and has its names, in small: spellings go by names alone. */
  const architecture: Architecture = {
    name: 'resnet18',
    input: { height: 2, width: 2, channels: 3 },
    operators: [
      {
        op: 'conv',
        name: 'conv1',
        inputs: ['input'],
        channels: fullSet(4),
        size: 1,
        stride: 1,
        padding: 0,
        bias: false,
      },
      { op: 'batchNorm', name: 'bn1', inputs: ['conv1'], epsilon: 1e-5 },
      {
        op: 'conv',
        name: 'layer2.0.downsample.0',
        inputs: ['bn1'],
        channels: fullSet(4),
        size: 1,
        stride: 1,
        padding: 0,
        bias: false,
      },
      { op: 'globalPool', name: 'avgpool', inputs: ['layer2.0.downsample.0'] },
      { op: 'dense', name: 'fc', inputs: ['avgpool'], channels: fullSet(2), bias: true },
    ],
  };
  const network = initialise(architecture, 3);
  const tensors = toPytorchLayout(network);

  function renamed(rename: (name: string) => string): Map<string, ForeignTensor> {
    return new Map([...tensors].map(([name, tensor]) => [rename(name), tensor]));
  }

  function reads(given: ReadonlyMap<string, ForeignTensor>): void {
    expect(fromPytorchLayout(architecture, given)).toEqual(network);
  }

  it('ignores num_batches_tracked', () => {
    const given = new Map<string, ForeignTensor>(tensors);
    given.set('bn1.num_batches_tracked', { shape: [], data: new BigInt64Array(1) });
    reads(given);
  });

  it.each(['module.', 'model.', 'module.model.', '_orig_mod.module.'])(
    'takes off the prefix %s of wrappers',
    (prefix) => {
      reads(renamed((name) => prefix + name));
    },
  );

  it('reads the spellings of other implementations', () => {
    reads(renamed((name) => name.replace('downsample', 'shortcut').replace(/^fc\./, 'linear.')));
  });

  it('reads a VGG classifier with dropout layers between its dense ones', () => {
    const dense = (name: string, from: string): Operator => ({
      op: 'dense',
      name,
      inputs: [from],
      channels: fullSet(2),
      bias: true,
    });
    const vgg16 = {
      name: 'vgg16',
      input: { height: 1, width: 2, channels: 3 },
      operators: [
        { op: 'flatten', name: 'flatten', inputs: ['input'] } as const,
        dense('classifier.0', 'flatten'),
        dense('classifier.2', 'classifier.0'),
        dense('classifier.4', 'classifier.2'),
      ],
    };
    const whole = initialise(vgg16, 3);
    const theirs: Readonly<Record<string, string>> = {
      'classifier.2': 'classifier.3',
      'classifier.4': 'classifier.6',
    };
    const given = [...toPytorchLayout(whole)].map(([name, tensor]): [string, HostTensor] => {
      return [name.replace(/classifier\.\d/, (operator) => theirs[operator] ?? operator), tensor];
    });
    expect(fromPytorchLayout(vgg16, new Map(given))).toEqual(whole);
  });

  it.each<[string, (given: Map<string, ForeignTensor>) => void, string]>([
    [
      'a missing tensor',
      (given) => given.delete('bn1.running_var'),
      'Tensor "bn1.running_var" of shape [4] is missing',
    ],
    [
      'a tensor under a name that is nobody’s',
      (given) => {
        given.set('head.bias', { shape: [2], data: new Float32Array(2) });
        given.delete('fc.bias');
      },
      'Tensor "fc.bias" of shape [2] is missing, while "head.bias" fit nowhere',
    ],
    [
      'another shape',
      (given) => given.set('fc.weight', { shape: [10, 4], data: new Float32Array(40) }),
      'Tensor "fc.weight" has shape [10, 4], but [2, 4] was expected',
    ],
    [
      'another type',
      (given) => given.set('fc.bias', { shape: [2], data: new Float64Array(2) }),
      'Tensor "fc.bias" does not hold float32 values',
    ],
    [
      'fewer values than the shape says',
      (given) => given.set('fc.bias', { shape: [2], data: new Float32Array(1) }),
      'Tensor "fc.bias" holds 1 values, but its shape has 2',
    ],
    [
      'a tensor too many',
      (given) => given.set('aux.bias', { shape: [2], data: new Float32Array(2) }),
      'Tensor "aux.bias" belongs to no operator',
    ],
    [
      'two spellings of one tensor',
      (given) => given.set('linear.bias', { shape: [2], data: new Float32Array(2) }),
      'Tensor "linear.bias" belongs to no operator',
    ],
  ])('refuses %s', (_, change, fact) => {
    const given = new Map<string, ForeignTensor>(tensors);
    change(given);
    let message = 'no failure';
    try {
      fromPytorchLayout(architecture, given);
    } catch (error) {
      if (!isModaError(error)) throw error;
      message = `${error.code}: ${error.message}`;
    }
    expect(message).toBe(
      `PARAMETER_MISMATCH: ${fact}; check that the file is of architecture "resnet18" with the same input and classes.`,
    );
  });
});
