import { predictWithLayersModel } from '@moda/tensor-backend/testing';
import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../architectures/build-architecture.js';
import type { Architecture, Operator } from '../../graph/architecture.js';
import { fullSet } from '../../graph/channel-set.js';
import type { Network } from '../../graph/network.js';
import { randomCut, randomImages, withRandomParameters } from './testing/random-network.js';
import { toLayersModel } from './to-layers-model.js';

interface ModelJson {
  readonly format: string;
  readonly modelTopology: {
    readonly config: {
      readonly layers: readonly {
        readonly class_name: string;
        readonly name: string;
        readonly config: Readonly<Record<string, unknown>>;
      }[];
    };
  };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
  readonly userDefinedMetadata: unknown;
}

function jsonOf(files: ReadonlyMap<string, Uint8Array>): ModelJson {
  return JSON.parse(new TextDecoder().decode(files.get('model.json'))) as ModelJson;
}

/** All files as one text, which is quick to compare. */
function bytesOf(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files].map(([path, bytes]) => `${path} ${Buffer.from(bytes).toString('latin1')}`).join();
}

/** The exported layers of a network with random parameters, as `class name`. */
function layersOf(architecture: Architecture): string[] {
  const { layers } = jsonOf(toLayersModel(withRandomParameters(architecture, 1))).modelTopology.config;
  return layers.map((layer) => `${layer.class_name} ${layer.name}`);
}

const input = { height: 32, width: 32, channels: 3 };
const lenet5 = withRandomParameters(buildArchitecture('lenet5', { input, classes: 4 }), 1);
const resnet18 = buildArchitecture('resnet18', { input, classes: 10 });
const mobilenet = buildArchitecture('mobilenet', { input, classes: 10 });

describe('the layers of an exported model', () => {
  it('are those of the network where all its channels agree, and pads for its even strides', () => {
    const added = layersOf(resnet18).filter(
      (layer) => !resnet18.operators.some(({ name }) => layer.endsWith(` ${name}`)),
    );
    expect(added).toEqual([
      'InputLayer images',
      'ZeroPadding2D layer2.0.conv1.pad',
      'ZeroPadding2D layer3.0.conv1.pad',
      'ZeroPadding2D layer4.0.conv1.pad',
    ]);
  });

  it('need no pads where the same zeros have a name', () => {
    const odd = buildArchitecture('resnet18', { input: { ...input, height: 33, width: 17 }, classes: 10 });
    expect(layersOf(odd).filter((layer) => layer.startsWith('ZeroPadding2D'))).toEqual([]);
  });

  it('are fixed convolutions too where a sum or a depthwise convolution has channels of its own', () => {
    const sum = resnet18.operators.map((operator) =>
      operator.op === 'add' && operator.name === 'layer1.0.add'
        ? { ...operator, channels: { of: 64, kept: [3, 5] } }
        : operator,
    );
    const aligned = layersOf({ ...resnet18, operators: sum }).filter((layer) => layer.includes('align'));
    // What the sum drops, the sum after it takes as zero.
    expect(aligned).toEqual([
      'Conv2D layer1.0.add.align0',
      'Conv2D layer1.0.add.align1',
      'Conv2D layer1.1.add.align1',
    ]);
    const depthwise = mobilenet.operators.map((operator) =>
      operator.name === 'layers.3.conv1' ? { ...operator, channels: { of: 128, kept: [3, 5] } } : operator,
    );
    expect(
      layersOf({ ...mobilenet, operators: depthwise }).filter((layer) => layer.includes('align')),
    ).toEqual(['Conv2D layers.3.conv1.align']);
  });

  it('leave out what leads nowhere, which TensorFlow.js would refuse', () => {
    const unused: Operator[] = [
      { op: 'dense', name: 'aside', inputs: ['relu4'], channels: fullSet(2), bias: true },
      { op: 'relu', name: 'aside.relu', inputs: ['aside'], tracked: true },
    ];
    const { operators } = lenet5.architecture;
    const longer = [...operators.slice(0, -1), ...unused, ...operators.slice(-1)];
    expect(layersOf({ ...lenet5.architecture, operators: longer })).toEqual(layersOf(lenet5.architecture));
  });

  it('are stock layers of Keras, whatever was cut', () => {
    const classes = [resnet18, mobilenet].flatMap((architecture) =>
      layersOf(randomCut(architecture, { share: 0.3, outputs: [1, 2], seed: 1 })),
    );
    expect([...new Set(classes.map((layer) => layer.split(' ')[0]))].sort()).toEqual([
      'Activation',
      'Add',
      'BatchNormalization',
      'Conv2D',
      'Dense',
      'DepthwiseConv2D',
      'GlobalAveragePooling2D',
      'InputLayer',
      'ZeroPadding2D',
    ]);
  });

  it('do not train what only moves channels', () => {
    const cut = randomCut(mobilenet, { share: 0.3, outputs: [1], seed: 1 });
    const { layers } = jsonOf(toLayersModel(withRandomParameters(cut, 1))).modelTopology.config;
    const fixed = layers.filter(({ config }) => config['trainable'] === false).map(({ name }) => name);
    expect(fixed.length).toBeGreaterThan(5);
    expect(fixed.every((name) => name.endsWith('.align'))).toBe(true);
  });
});

describe('the files of an exported model', () => {
  it('are a description and weights of at most 4 MiB each', () => {
    const network = withRandomParameters(resnet18, 1);
    const files = toLayersModel(network);
    const paths = Array.from({ length: 11 }, (_, i) => `group1-shard${i + 1}of11.bin`);
    expect([...files.keys()]).toEqual(['model.json', ...paths]);
    expect(jsonOf(files).weightsManifest[0]?.paths).toEqual(paths);
    const sizes = paths.map((path) => files.get(path)?.length ?? 0);
    expect(sizes.slice(0, -1)).toEqual(Array.from({ length: 10 }, () => 4 * 1024 * 1024));
    const values = [...network.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4 * values);
  });

  it('may be cut anywhere', async () => {
    const images = randomImages(lenet5.architecture, 1, 1);
    const whole = await predictWithLayersModel(toLayersModel(lenet5), images);
    const files = toLayersModel(lenet5, { shardBytes: 10_001 });
    expect(files.size).toBeGreaterThan(20);
    expect((await predictWithLayersModel(files, images)).data).toEqual(whole.data);
  });

  it('have the same bytes every time', () => {
    const copy: Network = {
      architecture: structuredClone(lenet5.architecture),
      parameters: new Map([...lenet5.parameters].reverse()),
    };
    expect(bytesOf(toLayersModel(copy))).toBe(bytesOf(toLayersModel(lenet5)));
  });

  it('say to their reader what goes in and what comes out', async () => {
    const normalisation = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.1] };
    const classNames = ['cat', 'dog', 'é', ''];
    const files = toLayersModel(lenet5, { classNames, normalisation });
    const { metadata } = await predictWithLayersModel(files, randomImages(lenet5.architecture, 1, 1));
    expect(metadata).toEqual({
      moda: {
        architecture: 'lenet5',
        classes: classNames,
        input: { name: 'images', layout: 'NHWC', shape: [32, 32, 3] },
        output: 'logits',
        preprocessing:
          'Images are taken as already normalised: (value / 255 - mean) / std, channel by channel.',
        normalisation,
      },
    });
    expect(jsonOf(toLayersModel(lenet5)).userDefinedMetadata).toMatchObject({
      moda: { classes: ['0', '1', '2', '3'] },
    });
  });
});

describe('an export is refused', () => {
  it('with another number of class names than outputs', () => {
    expect(() => toLayersModel(lenet5, { classNames: ['cat'] })).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message: 'The network has 4 outputs, but 1 class names are given; give one for each output.',
      }),
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity])('with files of %d bytes', (shardBytes) => {
    expect(() => toLayersModel(lenet5, { shardBytes })).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `A file of weights cannot hold ${shardBytes} bytes; give a whole number above 0.`,
      }),
    );
  });

  it('of a network that ends in a map', () => {
    const operators = lenet5.architecture.operators.slice(0, 5);
    expect(() => toLayersModel(withRandomParameters({ ...lenet5.architecture, operators }, 1))).toThrow(
      expect.objectContaining({
        code: 'ARCHITECTURE_INVALID',
        message:
          'Architecture "lenet5" ends in a map; end it in a dense layer to export it to TensorFlow.js.',
      }),
    );
  });

  it('of a network that lacks a parameter', () => {
    const parameters = new Map(lenet5.parameters);
    parameters.delete('fc1/bias');
    expect(() => toLayersModel({ ...lenet5, parameters })).toThrow(
      expect.objectContaining({ code: 'PARAMETER_MISMATCH' }),
    );
  });
});
