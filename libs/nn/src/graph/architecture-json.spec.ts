import { cpuUsage } from 'node:process';
import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryArchitecture } from './testing/arbitrary-architecture.js';
import { architectureToJson, parseArchitecture } from './architecture-json.js';
import { fullSet } from './channel-set.js';

const input = { height: 8, width: 6, channels: 3 };
const head = [
  { op: 'globalPool', name: 'mean' },
  { op: 'dense', name: 'logits', channels: 10 },
];

function document(...operators: unknown[]): unknown {
  return { name: 'mine', input, operators };
}

function failure(json: unknown): string {
  try {
    parseArchitecture(json);
  } catch (error) {
    if (isModaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('parseArchitecture', () => {
  it('fills in what is left out', () => {
    const { operators } = parseArchitecture(
      document(
        { op: 'conv', name: 'conv', channels: 4, size: 3 },
        { op: 'batchNorm', name: 'bn' },
        { op: 'relu', name: 'relu' },
        { op: 'depthwise', name: 'dw', size: 1 },
        { op: 'add', name: 'sum', inputs: ['dw', 'relu'] },
        { op: 'maxPool', name: 'pool', size: 2 },
        ...head,
      ),
    );
    const channels = fullSet(4);
    expect(operators).toEqual([
      { op: 'conv', name: 'conv', inputs: ['input'], channels, size: 3, stride: 1, padding: 0, bias: true },
      { op: 'batchNorm', name: 'bn', inputs: ['conv'], epsilon: 1e-5 },
      { op: 'relu', name: 'relu', inputs: ['bn'], tracked: true },
      { op: 'depthwise', name: 'dw', inputs: ['relu'], channels, size: 1, stride: 1, padding: 0, bias: true },
      { op: 'add', name: 'sum', inputs: ['dw', 'relu'], channels },
      { op: 'maxPool', name: 'pool', inputs: ['sum'], size: 2, stride: 2 },
      { op: 'globalPool', name: 'mean', inputs: ['pool'] },
      { op: 'dense', name: 'logits', inputs: ['mean'], channels: fullSet(10), bias: true },
    ]);
  });

  it('takes channel sets of a module', () => {
    const channels = { of: 4, kept: [1, 3] };
    const { operators } = parseArchitecture(
      document({ op: 'conv', name: 'conv', channels, size: 3 }, ...head),
    );
    expect(operators[0]).toMatchObject({ channels });
  });

  it('takes operators in any order', () => {
    const { operators } = parseArchitecture(
      document(
        { op: 'dense', name: 'logits', inputs: ['mean'], channels: 10 },
        { op: 'globalPool', name: 'mean', inputs: ['conv'] },
        { op: 'conv', name: 'conv', inputs: ['input'], channels: 4, size: 3 },
      ),
    );
    expect(operators.map(({ name }) => name)).toEqual(['conv', 'mean', 'logits']);
  });

  it('reads back what architectureToJson writes, through text', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const text = JSON.stringify(architectureToJson(architecture));
        expect(parseArchitecture(JSON.parse(text))).toEqual(architecture);
      }),
    );
  });
});

describe('architectureToJson', () => {
  it('writes full channel sets as numbers and others with the channels present', () => {
    const json = architectureToJson(
      parseArchitecture(
        document({ op: 'conv', name: 'conv', channels: { of: 4, kept: [1, 3] }, size: 3 }, ...head),
      ),
    );
    expect(json['operators']).toMatchObject([{ channels: { of: 4, kept: [1, 3] } }, {}, { channels: 10 }]);
  });
});

describe('parseArchitecture refuses', () => {
  const conv = { op: 'conv', name: 'conv', channels: 4, size: 3 };

  it.each<[string, unknown, string]>([
    [
      'what is no object',
      'vgg16',
      'ARCHITECTURE_INVALID: In the architecture, the document does not fit: expected object, received string.',
    ],
    [
      'a document without input',
      { name: 'mine', operators: head },
      'ARCHITECTURE_INVALID: In the architecture, input does not fit: expected object, received undefined.',
    ],
    [
      'a field that does not exist',
      document({ ...conv, dilation: 2 }, ...head),
      'ARCHITECTURE_INVALID: In the architecture, operators[0] does not fit: Unrecognized key: "dilation".',
    ],
    [
      'a missing field',
      document({ op: 'conv', name: 'conv', channels: 4 }, ...head),
      'ARCHITECTURE_INVALID: In the architecture, operators[0].size does not fit: expected number, received undefined.',
    ],
    [
      'a size of the wrong type',
      document(conv, { op: 'maxPool', name: 'pool', size: '2' }, ...head),
      'ARCHITECTURE_INVALID: In the architecture, operators[1].size does not fit: expected number, received string.',
    ],
    [
      'channels that are neither number nor set',
      document({ ...conv, channels: [1, 2] }, ...head),
      'ARCHITECTURE_INVALID: In the architecture, operators[0].channels does not fit: expected a whole number of 1 to 65536, or { of, kept } with the channels present.',
    ],
    [
      'a channel set that is not ascending',
      document({ ...conv, channels: { of: 4, kept: [3, 1] } }, ...head),
      'ARCHITECTURE_INVALID: The channel set of operator "conv" keeps channel 1 after channel 3; list the channels present, ascending, each in 0..of-1.',
    ],
    [
      'an unknown operator, with the nearest that exists',
      document({ op: 'convolve', name: 'conv', channels: 4, size: 3 }, ...head),
      'ARCHITECTURE_UNKNOWN_OPERATOR: operators[0].op is "convolve", which is no operator; did you mean "conv"? There are conv, depthwise, batchNorm, relu, maxPool, add, globalPool, flatten, dense, concat, softmax.',
    ],
    [
      'an operator that every object has',
      document({ op: 'constructor', name: 'conv' }, ...head),
      'ARCHITECTURE_UNKNOWN_OPERATOR: operators[0].op is "constructor", which is no operator. There are conv, depthwise, batchNorm, relu, maxPool, add, globalPool, flatten, dense, concat, softmax.',
    ],
    [
      'two operators of one name',
      document(conv, { ...conv, inputs: ['input'] }, ...head),
      'ARCHITECTURE_INVALID: operators[1].name is "conv", as an operator before it is named; give it a name of its own.',
    ],
    [
      'an operator named as the image',
      document({ ...conv, name: 'input' }, ...head),
      'ARCHITECTURE_INVALID: operators[0].name is "input", which is what the image is called; give it a name of its own.',
    ],
    [
      'an input that nothing yields',
      document({ ...conv, inputs: ['image'] }, ...head),
      'ARCHITECTURE_INVALID: Operator "conv" takes "image", but no operator has this name; name an operator or "input".',
    ],
    [
      'a cycle',
      document({ ...conv, inputs: ['relu'] }, { op: 'relu', name: 'relu' }, ...head),
      'ARCHITECTURE_CYCLE: The operators form a loop, each taking the next as its input: conv <- relu <- conv; break it.',
    ],
    [
      'outputs that nothing uses',
      document(conv, { op: 'relu', name: 'relu' }, { ...head[0], inputs: ['conv'] }, head[1]),
      'ARCHITECTURE_INVALID: The outputs of "relu", "logits" are all used by nothing; only the logits may be, so connect the others or leave them out.',
    ],
    [
      'logits that are a map',
      document(conv),
      'ARCHITECTURE_CHANNEL_MISMATCH: The last operator, "conv", yields a map, but logits are flat; end with a globalPool or with flatten and dense.',
    ],
    [
      'channels that do not match',
      document(conv, { op: 'add', name: 'sum', inputs: ['conv', 'input'], channels: 4 }, ...head),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "sum" (add) adds 6x4x4 to 8x6x3; both inputs need the same size.',
    ],
    [
      'an addition whose channels do not follow from its inputs',
      document({ ...conv, padding: 1 }, { op: 'add', name: 'sum', inputs: ['conv', 'input'] }, ...head),
      'ARCHITECTURE_CHANNEL_MISMATCH: Operator "sum" (add) has inputs of 4 of 4 and of 3 of 3 channels that differ; make them equal or give it channels of its own.',
    ],
  ])('%s', (_, json, sentence) => {
    expect(failure(json)).toBe(sentence);
  });

  it.each<[string, unknown]>([
    [
      'parameters beyond what a file may hold',
      document(
        { op: 'globalPool', name: 'mean' },
        { op: 'dense', name: 'a', channels: 65_536 },
        { op: 'dense', name: 'b', channels: 65_536 },
      ),
    ],
    [
      'maps beyond memory',
      {
        name: 'mine',
        input: { height: 8192, width: 8192, channels: 8192 },
        operators: [{ ...conv, channels: 65_536 }, ...head],
      },
    ],
    [
      'more operators than the limit',
      document(...Array.from({ length: 5000 }, (_, i) => ({ op: 'relu', name: `r${i}` }))),
    ],
    [
      'more channels in all than the limit',
      document(
        ...Array.from({ length: 4000 }, (_, i) => ({
          ...conv,
          name: `c${i}`,
          padding: 1,
          channels: 65_536 - i,
        })),
      ),
    ],
  ])('%s, quickly', (_, json) => {
    const start = cpuUsage();
    expect(failure(json)).toMatch(/^ARCHITECTURE_INVALID: /);
    // Time of the processor, not of the clock: other work on the machine makes no difference.
    expect(cpuUsage(start).user / 1e6).toBeLessThan(5);
  });

  it('anything else with one sentence and never a crash', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'input', '__proto__');
    const op = fc.constantFrom(
      'conv',
      'depthwise',
      'batchNorm',
      'relu',
      'maxPool',
      'add',
      'globalPool',
      'flatten',
      'dense',
      'concat',
      'softmax',
      'no',
    );
    const channels = fc.oneof(
      fc.integer({ min: -1, max: 5 }),
      fc.record({ of: fc.nat(4), kept: fc.array(fc.nat(4), { maxLength: 4 }) }),
    );
    const operator = fc.record(
      { op, name, inputs: fc.array(name, { maxLength: 2 }), channels, size: fc.integer({ min: 0, max: 4 }) },
      { requiredKeys: ['op', 'name'] },
    );
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({
        name,
        input: fc.constant(input),
        operators: fc.array(operator, { minLength: 1, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(failure(value)).toMatch(/^(no failure|ARCHITECTURE_[A-Z_]+: [^\n]*\.)$/);
      }),
      { numRuns: 300 },
    );
  });
});
