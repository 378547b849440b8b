import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lenet5 } from '../../architectures/lenet5.js';
import type { Operator } from '../../graph/architecture.js';
import { fullSet } from '../../graph/channel-set.js';
import type { Network } from '../../graph/network.js';
import { arbitraryArchitecture } from '../../graph/testing/arbitrary-architecture.js';
import { initialise } from '../../initialise/initialise.js';
import { modelMessage, type OnnxModel, type OnnxNode } from './onnx-messages.js';
import { toOnnx } from './to-onnx.js';

// What the reference readers make of such files is tested in tools/exchange.

const input = { height: 4, width: 3, channels: 2 };
const window = { size: 3, stride: 1, padding: 1, bias: false };

function read(bytes: Uint8Array): OnnxModel {
  return modelMessage.toObject(modelMessage.decode(bytes), { longs: Number, arrays: true }) as OnnxModel;
}

function networkOf(operators: readonly Operator[]): Network {
  return initialise({ name: 'small', input, operators }, 1);
}

/** A constant's numbers. */
function constant({ graph }: OnnxModel, name: string | undefined): number[] {
  const tensor = graph.initializer.find((candidate) => candidate.name === name);
  const bytes = Uint8Array.from(tensor?.raw_data ?? []);
  return tensor?.data_type === 7
    ? [...new BigInt64Array(bytes.buffer)].map(Number)
    : [...new Float32Array(bytes.buffer)];
}

function attributes(node: OnnxNode | undefined): Record<string, unknown> {
  return Object.fromEntries(
    (node?.attribute ?? []).map(({ name, type, f, i, ints }) => [
      name,
      type === 1 ? f : type === 2 ? i : ints,
    ]),
  );
}

describe('a network as ONNX', () => {
  it('is its operators behind one transpose of the images', () => {
    const model = read(
      toOnnx(initialise(lenet5({ input: { ...input, height: 32, width: 32 }, classes: 10 }), 1)),
    );
    expect(
      model.graph.node.map((node) => [node.op_type, ...node.input, '->', ...node.output].join(' ')),
    ).toEqual([
      'Transpose images -> images.channelsFirst',
      'Conv images.channelsFirst conv1.weight conv1.bias -> conv1',
      'Relu conv1 -> relu1',
      'MaxPool relu1 -> pool1',
      'Conv pool1 conv2.weight conv2.bias -> conv2',
      'Relu conv2 -> relu2',
      'MaxPool relu2 -> pool2',
      'Flatten pool2 -> flatten',
      'Gemm flatten fc1.weight fc1.bias -> fc1',
      'Relu fc1 -> relu3',
      'Gemm relu3 fc2.weight fc2.bias -> fc2',
      'Relu fc2 -> relu4',
      'Gemm relu4 fc3.weight fc3.bias -> logits',
    ]);
    expect(model.graph.initializer.slice(2, 5).map(({ name, dims }) => [name, dims])).toEqual([
      ['conv2.weight', [16, 6, 5, 5]],
      ['conv2.bias', [16]],
      ['fc1.weight', [120, 400]],
    ]);
    expect(attributes(model.graph.node[4])).toEqual({
      group: 1,
      kernel_shape: [5, 5],
      pads: [0, 0, 0, 0],
      strides: [1, 1],
    });
  });

  it('has a group for each channel of a depthwise convolution', () => {
    const strided = { ...window, stride: 2 };
    const model = read(
      toOnnx(
        networkOf([
          { op: 'conv', name: 'conv', inputs: ['input'], channels: fullSet(6), ...window },
          { op: 'depthwise', name: 'depthwise', inputs: ['conv'], channels: fullSet(6), ...strided },
          { op: 'globalPool', name: 'mean', inputs: ['depthwise'] },
        ]),
      ),
    );
    expect(attributes(model.graph.node[2])).toEqual({
      group: 6,
      kernel_shape: [3, 3],
      pads: [1, 1, 1, 1],
      strides: [2, 2],
    });
    expect(model.graph.initializer[1]).toMatchObject({ name: 'depthwise.weight', dims: [6, 1, 3, 3] });
  });

  it('picks the channels that a sum shares with its inputs, and multiplies by zero those that an input lacks', () => {
    const model = read(
      toOnnx(
        networkOf([
          { op: 'conv', name: 'a', inputs: ['input'], channels: { of: 5, kept: [0, 1, 4] }, ...window },
          { op: 'conv', name: 'b', inputs: ['input'], channels: { of: 5, kept: [1, 2, 4] }, ...window },
          { op: 'conv', name: 'c', inputs: ['input'], channels: { of: 5, kept: [1, 4] }, ...window },
          { op: 'add', name: 'ab', inputs: ['a', 'b'], channels: { of: 5, kept: [1, 4] } },
          { op: 'add', name: 'abc', inputs: ['ab', 'c'], channels: { of: 5, kept: [1, 4] } },
          { op: 'depthwise', name: 'd', inputs: ['abc'], channels: { of: 5, kept: [0, 1, 3, 4] }, ...window },
          { op: 'globalPool', name: 'mean', inputs: ['d'] },
        ]),
      ),
    );
    const nodes = model.graph.node.slice(4);
    expect(nodes.map(({ op_type, name }) => `${op_type} ${name}`)).toEqual([
      'Gather ab.0.gathered',
      'Gather ab.1.gathered',
      'Add ab',
      'Add abc',
      'Gather d.gathered',
      'Mul d.embedded',
      'Conv d',
      'GlobalAveragePool mean.mean',
      'Flatten mean',
    ]);
    expect(constant(model, nodes[0]?.input[1])).toEqual([1, 2]);
    expect(constant(model, nodes[1]?.input[1])).toEqual([0, 2]);
    expect(constant(model, nodes[4]?.input[1])).toEqual([0, 0, 0, 1]);
    expect(constant(model, nodes[5]?.input[1])).toEqual([0, 1, 0, 1]);
  });

  it('gives a flattened map its units in the order of the architecture where they are the output', () => {
    const model = read(
      toOnnx(
        networkOf([
          { op: 'conv', name: 'conv', inputs: ['input'], channels: fullSet(2), ...window, padding: 0 },
          { op: 'flatten', name: 'flat', inputs: ['conv'] },
        ]),
      ),
    );
    const last = model.graph.node.at(-1);
    expect(last?.output).toEqual(['logits']);
    // Two positions of two channels: here position by position, in the graph channel by channel.
    expect(constant(model, last?.input[1])).toEqual([0, 2, 1, 3]);
  });

  it('says every name once, and before it is used, whatever the operators are called', () => {
    fc.assert(
      fc.property(
        arbitraryArchitecture,
        fc.constantFrom('images', 'logits', 'stem.weight', '__proto__'),
        (whole, name) => {
          const rename = (own: string) => (own === 'stem.bn' ? name : own);
          const operators = whole.operators
            .filter((operator) => operator.name !== name)
            .map((operator) => ({
              ...operator,
              name: rename(operator.name),
              inputs: operator.inputs.map(rename),
            }));
          fc.pre(operators.length === whole.operators.length);
          const { graph } = read(toOnnx(initialise({ ...whole, operators }, 1)));
          const known = new Set(['images', ...graph.initializer.map((tensor) => tensor.name)]);
          expect(known.size).toBe(graph.initializer.length + 1);
          for (const node of graph.node) {
            for (const used of node.input) expect(known).toContain(used);
            expect(known).not.toContain(node.output[0]);
            known.add(node.output[0]!);
          }
          expect(known).toContain('logits');
        },
      ),
      { numRuns: 50, seed: 5 },
    );
  });

  it('is the same bytes for the same network and options', () => {
    const network = initialise(lenet5({ input: { ...input, height: 28, width: 28 }, classes: 3 }), 1);
    const normalisation = { mean: [0.5, 0.25], std: [0.125, 1] };
    const options = { classNames: ['a', '"b"', 'ç'], normalisation, producerVersion: '1.2.3' };
    const bytes = toOnnx(network, options);
    expect(Buffer.compare(toOnnx(network, options), bytes)).toBe(0);
    const { metadata_props, producer_name, producer_version, ir_version, opset_import } = read(bytes);
    expect({ producer_name, producer_version, ir_version, opset_import }).toEqual({
      producer_name: 'moda',
      producer_version: '1.2.3',
      ir_version: 8,
      opset_import: [{ version: 17 }],
    });
    const metadata = Object.fromEntries(metadata_props.map(({ key, value }) => [key, value]));
    expect(Object.keys(metadata)).toEqual([
      'moda.classes',
      'moda.layout',
      'moda.normalisation',
      'moda.version',
    ]);
    expect(JSON.parse(metadata['moda.classes'] ?? '')).toEqual(options.classNames);
    expect(JSON.parse(metadata['moda.normalisation'] ?? '')).toEqual(normalisation);
  });
});

describe('a network that ONNX cannot hold', () => {
  it('is refused before memory is taken, with the way on', () => {
    const operators: Operator[] = [
      { op: 'globalPool', name: 'mean', inputs: ['input'] },
      { op: 'dense', name: 'wide', inputs: ['mean'], channels: fullSet(32_768), bias: false },
      { op: 'dense', name: 'large', inputs: ['wide'], channels: fullSet(16_384), bias: false },
    ];
    const network = { architecture: { name: 'large', input, operators }, parameters: new Map() };
    expect(() => toOnnx(network)).toThrow(
      expect.objectContaining({
        code: 'EXPORT_TOO_LARGE',
        message: 'The network takes 2.0 GiB, and an ONNX file ends below 2 GiB; export it as safetensors.',
      }),
    );
  });

  it('is one whose output is a map', () => {
    const network = networkOf([
      { op: 'conv', name: 'conv', inputs: ['input'], channels: fullSet(2), ...window },
    ]);
    expect(() => toOnnx(network)).toThrow(
      expect.objectContaining({
        code: 'ARCHITECTURE_INVALID',
        message: 'Architecture "small" ends in a map; end it in a dense layer to export it to ONNX.',
      }),
    );
  });

  it('has a name for each output, or none, and all of its parameters', () => {
    const network = initialise(lenet5({ input: { ...input, height: 28, width: 28 }, classes: 3 }), 1);
    expect(() => toOnnx(network, { classNames: ['a', 'b'] })).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message: 'The network has 3 outputs, but 2 class names are given; give one for each output.',
      }),
    );
    expect(() => toOnnx({ ...network, parameters: new Map() })).toThrow(
      expect.objectContaining({ code: 'PARAMETER_MISMATCH' }),
    );
  });
});
