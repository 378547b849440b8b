import { isModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { architectureToJson, parseArchitecture } from '../graph/architecture-json.js';
import type { Architecture } from '../graph/architecture.js';
import { countFlops, countParameters, countState } from '../graph/count.js';
import { inferShapes, outputShape } from '../graph/infer-shapes.js';
import { parameterSpecs, trackedLayers } from '../graph/parameters.js';
import { architectureNames, buildArchitecture } from './build-architecture.js';

function build(name: string, size = 32, channels = 3): Architecture {
  return buildArchitecture(name, { input: { height: size, width: size, channels }, classes: 10 });
}

function operatorNames(name: string): string[] {
  return build(name).operators.map((operator) => operator.name);
}

describe('the built-in architectures', () => {
  it('are the networks of the study and one for small images', () => {
    expect(architectureNames).toEqual(['vgg16', 'resnet18', 'mobilenet', 'lenet5', 'compact']);
  });

  /** Trainable parameters with ten classes at 32x32, counted by hand from the papers' tables. */
  it.each([
    // Convolutions 14,710,464 + 4,224 biases, batch norm 2 x 4,224, dense 512 -> 4096 -> 4096 -> 10 with biases.
    ['vgg16', 14_710_464 + 4_224 + 8_448 + 2_101_248 + 16_781_312 + 40_970, 4_224],
    ['resnet18', 11_173_962, 4_800],
    ['mobilenet', 3_217_226, 10_944],
    // 5x5x3x6+6, 5x5x6x16+16, 400x120+120, 120x84+84, 84x10+10.
    ['lenet5', 456 + 2_416 + 48_120 + 10_164 + 850, 0],
  ])(
    '%s has %i parameters, and a running mean and variance for each of %i normalised channels',
    (name, parameters, normalised) => {
      const architecture = build(name);
      expect(countParameters(architecture)).toBe(parameters);
      expect(countState(architecture)).toBe(parameters + 2 * normalised);
    },
  );

  /** Multiply-adds at 32x32: k^2 in out for every position, layer by layer. */
  it('cost what their layers cost', () => {
    const vgg16 =
      1024 * 9 * (3 * 64 + 64 * 64) +
      256 * 9 * (64 * 128 + 128 * 128) +
      64 * 9 * (128 * 256 + 2 * 256 * 256) +
      16 * 9 * (256 * 512 + 2 * 512 * 512) +
      4 * 9 * (3 * 512 * 512) +
      (512 * 4096 + 4096 * 4096 + 4096 * 10);
    expect(countFlops(build('vgg16'))).toBe(vgg16);
    expect(countFlops(build('lenet5'))).toBe(
      784 * 25 * 3 * 6 + 100 * 25 * 6 * 16 + 400 * 120 + 120 * 84 + 84 * 10,
    );
    const stage = (positions: number, from: number, to: number) =>
      positions * (9 * from * to + 3 * 9 * to * to + (from === to ? 0 : from * to));
    expect(countFlops(build('resnet18'))).toBe(
      1024 * 27 * 64 +
        stage(1024, 64, 64) +
        stage(256, 64, 128) +
        stage(64, 128, 256) +
        stage(16, 256, 512) +
        5120,
    );
  });

  it.each([
    ['vgg16', 15],
    ['resnet18', 17],
    ['mobilenet', 27],
    ['lenet5', 4],
    ['compact', 7],
  ])('%s has %i tracked layers: every ReLU', (name, layers) => {
    const architecture = build(name);
    expect(trackedLayers(architecture)).toHaveLength(layers);
    expect(architecture.operators.filter(({ op }) => op === 'relu')).toHaveLength(layers);
  });

  it.each(['vgg16', 'resnet18', 'mobilenet', 'lenet5', 'compact'])(
    '%s ends in its classes, for larger images too',
    (name) => {
      expect(outputShape(build(name, 32)).channels.kept).toHaveLength(10);
      expect(outputShape(build(name, 64, 1)).channels.kept).toHaveLength(10);
    },
  );

  it.each(['vgg16', 'resnet18', 'mobilenet', 'lenet5', 'compact'])('%s survives its JSON', (name) => {
    const architecture = build(name);
    expect(parseArchitecture(architectureToJson(architecture))).toEqual(architecture);
  });
});

describe('names', () => {
  it('of vgg16 number its layers as one sequence, pools included', () => {
    const names = operatorNames('vgg16');
    const features = names.filter((name) => name.startsWith('features.'));
    expect(features).toEqual(Array.from({ length: 44 }, (_, i) => `features.${i}`));
    expect(names.slice(44)).toEqual([
      'flatten',
      'classifier.0',
      'classifier.1',
      'classifier.2',
      'classifier.3',
      'classifier.4',
    ]);
    const convolutions = build('vgg16').operators.filter(({ op }) => op === 'conv');
    expect(convolutions.map(({ name }) => name.split('.')[1]).join(' ')).toBe(
      '0 3 7 10 14 17 20 24 27 30 34 37 40',
    );
  });

  it('of resnet18 are those of its modules, with a projection where the shape changes', () => {
    const withParameters = new Set(parameterSpecs(build('resnet18')).map(({ operator }) => operator));
    const block = (name: string) => ['conv1', 'bn1', 'conv2', 'bn2'].map((part) => `${name}.${part}`);
    const stage = (i: number) => [
      ...block(`layer${i}.0`),
      ...(i > 1 ? [`layer${i}.0.downsample.0`, `layer${i}.0.downsample.1`] : []),
      ...block(`layer${i}.1`),
    ];
    expect([...withParameters]).toEqual(['conv1', 'bn1', ...[1, 2, 3, 4].flatMap(stage), 'fc']);
  });

  it('of mobilenet are those of its modules', () => {
    const withParameters = new Set(parameterSpecs(build('mobilenet')).map(({ operator }) => operator));
    const pairs = Array.from({ length: 13 }, (_, i) =>
      ['conv1', 'bn1', 'conv2', 'bn2'].map((part) => `layers.${i}.${part}`),
    );
    expect([...withParameters]).toEqual(['conv1', 'bn1', ...pairs.flat(), 'linear']);
  });

  it('of lenet5 are those of its modules', () => {
    const withParameters = new Set(parameterSpecs(build('lenet5')).map(({ operator }) => operator));
    expect([...withParameters]).toEqual(['conv1', 'conv2', 'fc1', 'fc2', 'fc3']);
  });
});

describe('map sizes at 32x32', () => {
  const sizesOf = (name: string, size = 32) => {
    const shapes = [...inferShapes(build(name, size)).values()].filter(({ flat }) => !flat);
    return [...new Set(shapes.map(({ height }) => height))];
  };

  it('halve as in the papers', () => {
    expect(sizesOf('vgg16')).toEqual([32, 16, 8, 4, 2, 1]);
    expect(sizesOf('resnet18')).toEqual([32, 16, 8, 4]);
    expect(sizesOf('mobilenet')).toEqual([32, 16, 8, 4, 2]);
    expect(sizesOf('lenet5')).toEqual([32, 28, 14, 10, 5]);
    expect(sizesOf('compact')).toEqual([32, 16, 8, 4]);
  });

  it('flatten to a 2x2 map at 64x64 and a 7x7 map at 224x224 in vgg16', () => {
    expect(inferShapes(build('vgg16', 64)).get('flatten')?.channels.of).toBe(2 * 2 * 512);
    expect(inferShapes(build('vgg16', 224)).get('flatten')?.channels.of).toBe(7 * 7 * 512);
  });
});

describe('buildArchitecture', () => {
  const options = { input: { height: 8, width: 8, channels: 1 }, classes: 3 };
  const json = {
    name: 'tiny',
    input: options.input,
    operators: [
      { op: 'flatten', name: 'flatten' },
      { op: 'dense', name: 'logits', channels: 3 },
    ],
  };

  function failure(nameOrJson: unknown, given = options): string {
    try {
      buildArchitecture(nameOrJson, given);
    } catch (error) {
      if (isModaError(error)) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'no failure';
  }

  it('takes the JSON of an architecture', () => {
    expect(buildArchitecture(json, options).operators).toHaveLength(2);
  });

  it('knows no other names, and says which one may be meant', () => {
    expect(failure('resnet-18')).toBe(
      'ARCHITECTURE_UNKNOWN: There is no architecture "resnet-18"; did you mean "resnet18"? Built in: vgg16, resnet18, mobilenet, lenet5, compact; or give a JSON file.',
    );
    expect(failure('transformer')).toBe(
      'ARCHITECTURE_UNKNOWN: There is no architecture "transformer". Built in: vgg16, resnet18, mobilenet, lenet5, compact; or give a JSON file.',
    );
  });

  it('refuses JSON for other images or another number of classes', () => {
    expect(failure(json, { ...options, input: { height: 32, width: 32, channels: 3 } })).toBe(
      'ARCHITECTURE_CHANNEL_MISMATCH: Architecture "tiny" takes 8x8x1 images, but the data has 32x32x3; change its field input.',
    );
    expect(failure(json, { ...options, classes: 10 })).toBe(
      'ARCHITECTURE_CHANNEL_MISMATCH: Architecture "tiny" ends in 3 outputs, but the data has 10 classes; change the channels of its last layer.',
    );
  });

  it('refuses images that are too small for a network, and no classes', () => {
    expect(failure('vgg16')).toMatch(
      /^ARCHITECTURE_CHANNEL_MISMATCH: Operator "features.33" \(maxPool\) slides a 2x2 window, but its input is 1x1/,
    );
    expect(failure('lenet5', { ...options, classes: 0 })).toBe(
      'ARCHITECTURE_INVALID: A network needs at least one class, not 0.',
    );
  });
});
