import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryArchitecture } from './testing/arbitrary-architecture.js';
import type { Architecture, Operator } from './architecture.js';
import { fullSet } from './channel-set.js';
import { inferShapes, outputShape } from './infer-shapes.js';

const input = { height: 8, width: 6, channels: 3 };

function network(...operators: Operator[]): Architecture {
  return { name: 'sample', input, operators };
}

function conv(
  name: string,
  from: string,
  channels: number,
  window: { size?: number; stride?: number; padding?: number } = {},
): Operator {
  return {
    op: 'conv',
    name,
    inputs: [from],
    channels: fullSet(channels),
    size: 3,
    stride: 1,
    padding: 1,
    bias: false,
    ...window,
  };
}

const flatten = (from: string): Operator => ({ op: 'flatten', name: 'flat', inputs: [from] });

function failure(architecture: Architecture): string {
  try {
    inferShapes(architecture);
  } catch (error) {
    if (isModaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('inferShapes', () => {
  it('follows a map through convolution, pool, addition, global pool and dense layer', () => {
    const shapes = inferShapes(
      network(
        conv('a', 'input', 4, { stride: 2 }),
        conv('b', 'a', 4),
        { op: 'add', name: 'sum', inputs: ['b', 'a'], channels: { of: 4, kept: [1, 3] } },
        { op: 'maxPool', name: 'pool', inputs: ['sum'], size: 2, stride: 2 },
        { op: 'globalPool', name: 'mean', inputs: ['pool'] },
        { op: 'dense', name: 'logits', inputs: ['mean'], channels: fullSet(10), bias: true },
      ),
    );
    expect(Object.fromEntries(shapes)).toEqual({
      input: { height: 8, width: 6, channels: fullSet(3), flat: false },
      a: { height: 4, width: 3, channels: fullSet(4), flat: false },
      b: { height: 4, width: 3, channels: fullSet(4), flat: false },
      sum: { height: 4, width: 3, channels: { of: 4, kept: [1, 3] }, flat: false },
      pool: { height: 2, width: 1, channels: { of: 4, kept: [1, 3] }, flat: false },
      mean: { height: 1, width: 1, channels: { of: 4, kept: [1, 3] }, flat: true },
      logits: { height: 1, width: 1, channels: fullSet(10), flat: true },
    });
  });

  it('gives a depthwise convolution a set of its own', () => {
    const shapes = inferShapes(
      network({
        op: 'depthwise',
        name: 'dw',
        inputs: ['input'],
        channels: { of: 3, kept: [2] },
        size: 3,
        stride: 2,
        padding: 1,
        bias: true,
      }),
    );
    expect(shapes.get('dw')).toEqual({ height: 4, width: 3, channels: { of: 3, kept: [2] }, flat: false });
  });

  it('puts concatenated channels side by side and leaves softmax and relu as they are', () => {
    const architecture = network(
      { op: 'globalPool', name: 'mean', inputs: ['input'] },
      { op: 'dense', name: 'one', inputs: ['mean'], channels: { of: 4, kept: [1, 2] }, bias: false },
      { op: 'concat', name: 'both', inputs: ['one', 'mean'] },
      { op: 'relu', name: 'relu', inputs: ['both'], tracked: true },
      { op: 'softmax', name: 'scores', inputs: ['relu'] },
    );
    expect(outputShape(architecture)).toEqual({
      height: 1,
      width: 1,
      channels: { of: 7, kept: [1, 2, 4, 5, 6] },
      flat: true,
    });
  });

  it('gives every operator the channels that it declares', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const shapes = inferShapes(architecture);
        for (const operator of architecture.operators) {
          if ('channels' in operator) expect(shapes.get(operator.name)?.channels).toEqual(operator.channels);
        }
      }),
    );
  });
});

describe('inferShapes refuses', () => {
  it.each<[string, Architecture, string]>([
    [
      'no operators',
      network(),
      'ARCHITECTURE_INVALID: Architecture "sample" has no operators; give at least one.',
    ],
    [
      'an image without extent',
      { ...network(conv('a', 'input', 4)), input: { ...input, width: 0 } },
      "ARCHITECTURE_INVALID: The input's width is 0; it has to be a whole number of at least 1.",
    ],
    [
      'two operators of one name',
      network(conv('a', 'input', 4), conv('a', 'a', 4)),
      'ARCHITECTURE_INVALID: Two operators are named "a"; give each a name of its own.',
    ],
    [
      'an operator named as the image',
      network(conv('input', 'input', 4)),
      'ARCHITECTURE_INVALID: An operator is named "input", which is what the image is called; give it another name.',
    ],
    [
      'an input that nothing yields',
      network(conv('a', 'images', 4)),
      'ARCHITECTURE_INVALID: Operator "a" takes "images", but no operator has this name; name an operator or "input".',
    ],
    [
      'an operator listed before its input',
      network(conv('a', 'b', 4), conv('b', 'input', 4)),
      'ARCHITECTURE_CYCLE: Operator "a" takes "b", which comes only after it; list every operator after its inputs.',
    ],
    [
      'a loop',
      network(conv('a', 'c', 4), conv('b', 'a', 4), conv('c', 'b', 4)),
      'ARCHITECTURE_CYCLE: The operators form a loop, each taking the next as its input: a <- c <- b <- a; break it.',
    ],
    [
      'the wrong number of inputs',
      network({ op: 'add', name: 'sum', inputs: ['input'], channels: fullSet(3) }),
      'ARCHITECTURE_INVALID: Operator "sum" (add) takes 2 inputs, but names 1.',
    ],
    [
      'a stride of 0',
      network(conv('a', 'input', 4, { stride: 0 })),
      'ARCHITECTURE_INVALID: Operator "a" (conv) has stride 0; it has to be a whole number of at least 1.',
    ],
    [
      'a negative padding',
      network(conv('a', 'input', 4, { padding: -1 })),
      'ARCHITECTURE_INVALID: Operator "a" (conv) has padding -1; it has to be a whole number of at least 0.',
    ],
    [
      'an epsilon of 0',
      network({ op: 'batchNorm', name: 'bn', inputs: ['input'], epsilon: 0 }),
      'ARCHITECTURE_INVALID: Operator "bn" (batchNorm) has epsilon 0; it has to be a positive number.',
    ],
    [
      'a map that shrinks to nothing',
      network(conv('a', 'input', 4, { size: 7, padding: 0 })),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "a" (conv) slides a 7x7 window, but its input is 8x6, so nothing of the map is left; take a larger image or fewer strides and pools before it.',
    ],
    [
      'a depthwise convolution of other channels than its input',
      network({
        op: 'depthwise',
        name: 'dw',
        inputs: ['input'],
        channels: fullSet(4),
        size: 1,
        stride: 1,
        padding: 0,
        bias: false,
      }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "dw" (depthwise) has a set of 4 channels, but its input has 3; a depthwise convolution keeps the number of channels.',
    ],
    [
      'an addition of maps of two sizes',
      network(conv('a', 'input', 3, { stride: 2 }), {
        op: 'add',
        name: 'sum',
        inputs: ['a', 'input'],
        channels: fullSet(3),
      }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "sum" (add) adds 4x3x3 to 8x6x3; both inputs need the same size.',
    ],
    [
      'an addition of other channels',
      network(conv('a', 'input', 4), {
        op: 'add',
        name: 'sum',
        inputs: ['a', 'input'],
        channels: fullSet(4),
      }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "sum" (add) has a set of 4 channels, but its inputs have 4 and 3; all three have to be equal.',
    ],
    [
      'a dense layer on a map',
      network({ op: 'dense', name: 'fc', inputs: ['input'], channels: fullSet(2), bias: true }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "fc" (dense) takes a flat input, but gets a map of 8x6x3; put a flatten or globalPool before it.',
    ],
    [
      'a softmax on a map',
      network({ op: 'softmax', name: 'p', inputs: ['input'] }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "p" (softmax) takes a flat input, but gets a map of 8x6x3; put a flatten or globalPool before it.',
    ],
    [
      'a concat of maps',
      network({ op: 'concat', name: 'both', inputs: ['input', 'input'] }),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "both" (concat) takes a flat input, but gets a map of 8x6x3; put a flatten or globalPool before it.',
    ],
    [
      'a convolution behind a flatten',
      network(flatten('input'), conv('a', 'flat', 4)),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "a" (conv) takes a map, but its input is flat (144 units); put it before the flatten or global pool.',
    ],
  ])('%s', (_, architecture, sentence) => {
    expect(failure(architecture)).toBe(sentence);
  });

  it.each<[string, number[], number, string]>([
    ['empty', [], 4, 'keeps none of its 4 channels'],
    ['out of range', [1, 4], 4, 'keeps channel 4, but is of 4 channels'],
    ['not whole', [0.5], 4, 'keeps channel 0.5, but is of 4 channels'],
    ['not ascending', [2, 1], 4, 'keeps channel 1 after channel 2'],
    ['repeated', [2, 2], 4, 'keeps channel 2 after channel 2'],
    ['of nothing', [0], 0, 'is of 0 channels'],
  ])('a channel set that is %s', (_, kept, of, fact) => {
    const base = conv('a', 'input', 1);
    expect(failure(network({ ...base, channels: { of, kept } } as Operator))).toBe(
      `ARCHITECTURE_INVALID: The channel set of operator "a" ${fact}; list the channels present, ascending, each in 0..of-1.`,
    );
  });

  it('outputs too large to list, before listing them', () => {
    expect(
      failure({ ...network(flatten('input')), input: { height: 8192, width: 8192, channels: 3 } }),
    ).toMatch(
      /^ARCHITECTURE_INVALID: Operator "flat" \(flatten\) flattens 8192x8192x3 to 201326592 units; at most 4194304 are taken\.$/,
    );
  });
});
