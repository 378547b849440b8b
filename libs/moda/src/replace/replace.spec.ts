import { checkNetwork, type Network, type Operator, type Predictions } from '@moda/nn';
import { describe, expect, it } from 'vitest';

import { cutNetwork } from '../compose/cut-network.js';
import { naiveForward } from '../testing/naive-forward.js';
import { imageOf, pseudoRandom, smallNetwork, withParameters } from '../testing/small-networks.js';
import { replaceByCalibration, replaceByScore, type RunOver } from './replace.js';
import { featureNetwork, repairedNetwork, scoreReplacedNetwork } from './repaired-network.js';

const weak = smallNetwork({ blocks: ['plain'], tail: 'flatten', channels: 2, classes: 3, seed: 1 });
const strong = smallNetwork({ blocks: ['identity'], tail: 'globalPool', channels: 3, classes: 4, seed: 2 });
const strongModule = cutNetwork(strong, { kept: [[0, 1], [2], [0, 2], [1, 3]], classes: [2] });
const image = imageOf(weak, 5);

const outputsOf = (network: Network) => [...naiveForward(network, image).values()];

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
}

describe('the repaired network', () => {
  it('reads the weak outputs without the target, in order, and then the module', () => {
    const [first = NaN, , third = NaN] = outputsOf(weak);
    const features = featureNetwork(weak, strongModule, 1);
    checkNetwork(features);
    expectClose(outputsOf(features), [first, third, ...outputsOf(strongModule)]);
  });

  it('puts a dense layer on them that answers for the classes of the weak model', () => {
    const next = pseudoRandom(9);
    const kernel = Float32Array.from({ length: 9 }, () => 2 * next() - 1);
    const bias = Float32Array.of(0.5, -1, 2);
    const repaired = repairedNetwork(weak, strongModule, 0, { kernel, bias });
    checkNetwork(repaired);
    const features = outputsOf(featureNetwork(weak, strongModule, 0));
    const expected = [0, 1, 2].map((output) =>
      features.reduce(
        (sum, feature, i) => sum + feature * (kernel[i * 3 + output] ?? NaN),
        bias[output] ?? NaN,
      ),
    );
    expectClose(outputsOf(repaired), expected);
  });

  it('names its operators and parameters after the model they come from', () => {
    const repaired = repairedNetwork(weak, strongModule, 0, {
      kernel: new Float32Array(9),
      bias: new Float32Array(3),
    });
    const prefixes = new Set(repaired.architecture.operators.map(({ name }) => name.split('.')[0]));
    expect([...prefixes]).toEqual(['weak', 'strong', 'concat', 'calibration']);
    expect(repaired.parameters.get('strong.stem.conv/kernel')).toEqual(
      strongModule.parameters.get('stem.conv/kernel'),
    );
    expect(repaired.parameters.get('weak.fc2/kernel')?.shape).toEqual([3, 2]);
  });

  it('by score has the softmax of the weak model, and in the target’s place the module’s output brought to 0..1', () => {
    const exponentials = outputsOf(weak).map(Math.exp);
    const total = exponentials.reduce((a, b) => a + b);
    const [score = NaN] = outputsOf(strongModule);
    const repaired = scoreReplacedNetwork(weak, strongModule, 1, { lowest: -3, highest: 5 });
    checkNetwork(repaired);
    expectClose(outputsOf(repaired), [
      (exponentials[0] ?? NaN) / total,
      (score + 3) / 8,
      (exponentials[2] ?? NaN) / total,
    ]);
  });

  it('by score never picks the target for a module that says the same of every image', () => {
    const repaired = scoreReplacedNetwork(weak, strongModule, 1, { lowest: 2, highest: 2 });
    expect(outputsOf(repaired)[1]).toBeCloseTo(0, 12);
  });

  it('leaves both models as they were', () => {
    const before = structuredClone({ weak, strongModule });
    repairedNetwork(weak, strongModule, 0, { kernel: new Float32Array(9), bias: new Float32Array(3) });
    scoreReplacedNetwork(weak, strongModule, 0, { lowest: 0, highest: 1 });
    expect({ weak, strongModule }).toEqual(before);
  });
});

describe('what cannot be repaired', () => {
  const larger: Network = {
    ...strongModule,
    architecture: { ...strongModule.architecture, input: { height: 8, width: 5, channels: 2 } },
  };
  const headless: Network = {
    ...weak,
    architecture: { ...weak.architecture, operators: weak.architecture.operators.slice(0, -1) },
  };
  const calibration = { kernel: new Float32Array(9), bias: new Float32Array(3) };

  it.each([
    {
      fact: 'a module for other images',
      repair: () => repairedNetwork(weak, larger, 0, calibration),
      code: 'ARCHITECTURE_CHANNEL_MISMATCH',
      message:
        'The weak model takes 6x5x2 images and the module 8x5x2; take a module for images of the same size.',
    },
    {
      fact: 'a strong network that is no module',
      repair: () => repairedNetwork(weak, strong, 0, calibration),
      code: 'ARCHITECTURE_CHANNEL_MISMATCH',
      message: 'The strong network has 4 outputs; take the module of one class.',
    },
    {
      fact: 'a weak model without a dense output layer',
      repair: () => repairedNetwork(headless, strongModule, 0, calibration),
      code: 'ARCHITECTURE_INVALID',
      message: 'The weak model ends in "fc1.relu" (relu); a model to repair ends in a dense layer.',
    },
    {
      fact: 'an output that there is not',
      repair: () => scoreReplacedNetwork(weak, strongModule, 3, { lowest: 0, highest: 1 }),
      code: 'CLASS_UNKNOWN',
      message: 'The weak model has 3 outputs and none at position 3 that could be replaced among others.',
    },
  ])('says so of $fact', ({ repair, code, message }) => {
    expect(repair).toThrow(expect.objectContaining({ code, message }));
  });
});

describe('replacing an output', () => {
  // Images are one "pixel" whose three channels say the class; the weak model is blind to class 1, the module sees it.
  const linear = (name: string, rows: number[][]): Network => {
    const outputs = rows[0]?.length ?? 0;
    const operators: Operator[] = [
      { op: 'flatten', name: 'flatten', inputs: ['input'] },
      {
        op: 'dense',
        name: 'fc',
        inputs: ['flatten'],
        channels: { of: outputs, kept: [...Array(outputs).keys()] },
        bias: false,
      },
    ];
    const network = withParameters({ name, input: { height: 1, width: 1, channels: 3 }, operators }, 0);
    network.parameters.get('fc/kernel')?.data.set(rows.flat());
    return network;
  };
  const blind = linear('blind', [
    [1, 0, 0],
    [0.5, -1, 0],
    [0, 0, 1],
  ]);
  const module = linear('module', [[-1], [4], [-1]]);
  const runOver: RunOver = (network, split): Predictions => {
    const next = pseudoRandom(split === 'train' ? 1 : 2);
    const labels = Int32Array.from({ length: split === 'train' ? 300 : 60 }, (_, i) => i % 3);
    const images = Array.from(labels, (label) =>
      [0, 1, 2].map((channel) => (channel === label ? 2 : 0) + next()),
    );
    const rows = images.map((pixel) => [...naiveForward(network, pixel).values()]);
    return {
      count: labels.length,
      classes: rows[0]?.length ?? 0,
      logits: Float32Array.from(rows.flat()),
      labels,
    };
  };
  const replacement = { weak: blind, strongModule: module, targetPosition: 1, runOver };

  it('by calibration lets the weak model recognise the class, and reports it per class', async () => {
    const { network, report, losses } = await replaceByCalibration(replacement, { seed: 7, batchSize: 16 });
    expect(report.target).toEqual({ before: 0, after: 1 });
    expect(report.others.after).toBeGreaterThanOrEqual(0.95);
    expect(report.perClass.map(({ before }) => before)).toEqual([1, 0, 1]);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(network.architecture.operators.at(-1)?.name).toBe('calibration');
  });

  it('by calibration gives the same network for the same seed', async () => {
    const kernelOf = async (seed: number) =>
      (await replaceByCalibration(replacement, { seed })).network.parameters.get('calibration/kernel')?.data;
    expect(await kernelOf(7)).toEqual(await kernelOf(7));
    expect(await kernelOf(7)).not.toEqual(await kernelOf(8));
  });

  it('by score takes the module’s range from the training set', async () => {
    const { network, report } = await replaceByScore(replacement);
    const { logits } = await runOver(module, 'train');
    const [lowest, highest] = [Math.min(...logits), Math.max(...logits)];
    expect(network.parameters.get('normalise/kernel')?.data[0]).toBeCloseTo(1 / (highest - lowest), 6);
    expect(network.parameters.get('normalise/bias')?.data[0]).toBeCloseTo(-lowest / (highest - lowest), 6);
    expect(report.target.before).toBe(0);
    expect(report.target.after).toBeGreaterThan(0.9);
  });
});
