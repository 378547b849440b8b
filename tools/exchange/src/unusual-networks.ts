import { repairedNetwork, scoreReplacedNetwork } from '@moda/moda';
import { type Architecture, type ChannelSet, fullSet, type Network, type Operator } from '@moda/nn/graph';
import { compact, lenet5 } from '@moda/nn/graph';
import { randomCut, randomNetwork } from './random-network.js';
import { type RandomNumbers, randomNumbers, randomSubset } from './random-numbers.js';

const input = { height: 6, width: 5, channels: 2 };

/** Every operator on maps, with channel sets drawn at random that disagree across sums and depthwise convolutions. */
export function networkOfRandomSets(seed: number): Network {
  const random = randomNumbers(seed);
  // Channel 0 is everywhere, so that something of the image reaches the output.
  const set = (of: number): ChannelSet => ({
    of,
    kept: [0, ...randomSubset(random, of - 1, 0.5).map((channel) => channel + 1)],
  });
  const window = (stride: number) => ({ size: 3, stride, padding: 1, bias: flip(random) });
  const operators: Operator[] = [
    { op: 'conv', name: 'stem', inputs: ['input'], channels: set(6), ...window(1) },
    { op: 'batchNorm', name: 'bn', inputs: ['stem'], epsilon: 1e-3 },
    { op: 'relu', name: 'relu', inputs: ['bn'], tracked: true },
    { op: 'conv', name: 'branch', inputs: ['relu'], channels: set(6), ...window(1) },
    { op: 'add', name: 'sum', inputs: ['branch', 'relu'], channels: set(6) },
    { op: 'depthwise', name: 'depthwise', inputs: ['sum'], channels: set(6), ...window(2) },
    { op: 'maxPool', name: 'pool', inputs: ['depthwise'], size: 2, stride: 1 },
    { op: flip(random) ? 'flatten' : 'globalPool', name: 'flat', inputs: ['pool'] },
    { op: 'dense', name: 'hidden', inputs: ['flat'], channels: set(24), bias: flip(random) },
    { op: 'relu', name: 'hidden.relu', inputs: ['hidden'], tracked: true },
    { op: 'dense', name: 'out', inputs: ['hidden.relu'], channels: set(4), bias: true },
  ];
  return randomNetwork({ name: 'random sets', input, operators }, seed);
}

function flip(random: RandomNumbers): boolean {
  return random() < 0.5;
}

/** Flattened maps that are added and joined before a dense layer reads them: their units are in another order in PyTorch's layout. */
export function networkOfFlattenedMaps(): Network {
  const operators: Operator[] = [
    { op: 'conv', name: 'a', inputs: ['input'], channels: { of: 4, kept: [0, 1, 3] }, ...convolution },
    { op: 'conv', name: 'b', inputs: ['input'], channels: { of: 4, kept: [1, 2, 3] }, ...convolution },
    { op: 'flatten', name: 'a.flat', inputs: ['a'] },
    { op: 'flatten', name: 'b.flat', inputs: ['b'] },
    { op: 'add', name: 'sum', inputs: ['a.flat', 'b.flat'], channels: { of: 48, kept: everyFifth(48) } },
    { op: 'globalPool', name: 'b.mean', inputs: ['b'] },
    { op: 'concat', name: 'joined', inputs: ['sum', 'b.mean', 'a.flat'] },
    { op: 'relu', name: 'relu', inputs: ['joined'], tracked: true },
    { op: 'dense', name: 'out', inputs: ['relu'], channels: fullSet(3), bias: true },
    { op: 'softmax', name: 'scores', inputs: ['out'] },
  ];
  return randomNetwork({ name: 'flattened maps', input, operators }, 3);
}

const convolution = { size: 3, stride: 1, padding: 0, bias: true };

function everyFifth(of: number): number[] {
  return Array.from({ length: of }, (_, i) => i).filter((i) => i % 5 !== 0);
}

/** Operators whose names are those of the graph's own inputs, outputs and constants. */
export function networkOfAwkwardNames(): Network {
  const operators: Operator[] = [
    { op: 'conv', name: 'images', inputs: ['input'], channels: fullSet(3), ...convolution },
    { op: 'relu', name: 'images.weight', inputs: ['images'], tracked: true },
    { op: 'globalPool', name: 'logits', inputs: ['images.weight'] },
    { op: 'dense', name: 'größe/ß', inputs: ['logits'], channels: fullSet(2), bias: true },
  ];
  return randomNetwork({ name: 'awkward "names"', input, operators }, 4);
}

/** The output itself is a flattened map. */
export function networkOfMapOutput(): Network {
  const architecture: Architecture = {
    name: 'map as output',
    input,
    operators: [
      { op: 'conv', name: 'conv', inputs: ['input'], channels: { of: 4, kept: [0, 2, 3] }, ...convolution },
      { op: 'flatten', name: 'flat', inputs: ['conv'] },
    ],
  };
  return randomNetwork(architecture, 5);
}

/** A weak network in which a strong module stands in for a class, by both strategies. */
export function repairedNetworks(): { calibrated: Network; scored: Network } {
  const images = { height: 28, width: 28, channels: 1 };
  const weak = randomNetwork(lenet5({ input: images, classes: 4 }), 6);
  const strong = randomCut(randomNetwork(compact({ input: images, classes: 4 }), 8), [2], 9);
  const calibration = {
    kernel: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
    bias: Float32Array.of(0.1, -0.2, 0.3, 0),
  };
  return {
    calibrated: repairedNetwork(weak, strong, 2, calibration),
    scored: scoreReplacedNetwork(weak, strong, 2, { lowest: -2, highest: 3 }),
  };
}
