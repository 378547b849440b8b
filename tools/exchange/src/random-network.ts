import { cutNetwork } from '@moda/moda/surgery';
import {
  type Architecture,
  type Network,
  type ParameterKind,
  parameterSpecs,
  trackedLayers,
} from '@moda/nn/graph';
import { randomNumbers, randomSubset } from './random-numbers.js';

/**
 * A network of which no parameter is a default that a wrong reading would not show: biases and statistics differ from unit to unit,
 * and kernels are as large as lets a signal live through every layer.
 */
export function randomNetwork(architecture: Architecture, seed = 1): Network {
  const random = randomNumbers(seed);
  const parameters = parameterSpecs(architecture).map(({ name, kind, shape }) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const [least, most] = rangeOf(kind, shape);
    return [
      name,
      { shape, data: Float32Array.from({ length: count }, () => least + (most - least) * random()) },
    ] as const;
  });
  return { architecture, parameters: new Map(parameters) };
}

function rangeOf(kind: ParameterKind, shape: readonly number[]): readonly [least: number, most: number] {
  if (kind === 'kernel') {
    // A depthwise kernel [h, w, channel, 1] reads one channel only.
    const [h = 1, w = 1, input = 1, output = 1] = shape.length === 4 ? shape : [1, 1, ...shape];
    const bound = Math.sqrt(6 / (h * w * (output === 1 && h > 1 ? 1 : input)));
    return [-bound, bound];
  }
  // About 1 for what multiplies, about 0 for what is added.
  return kind === 'scale' || kind === 'variance' ? [0.6, 1.4] : [-0.2, 0.4];
}

/** A part of a network as a composition of modules is: of every tracked layer other units, so that no two layers agree. */
export function randomCut(network: Network, classes: readonly number[], seed: number, share = 0.6): Network {
  const random = randomNumbers(seed);
  const kept = trackedLayers(network.architecture).map(({ channels }) =>
    randomSubset(random, channels.of, share),
  );
  return cutNetwork(network, { kept, classes });
}

/** Images `[count, h, w, c]`, as bright as normalised ones: noise on patches, other ones on each image, so that no two look alike. */
export function randomImages({ input }: Architecture, count: number, seed = 7) {
  const random = randomNumbers(seed);
  const { height, width, channels } = input;
  const shape = [count, height, width, channels] as const;
  const data = new Float32Array(count * height * width * channels);
  const patches = Array.from({ length: count * PATCHES * PATCHES * channels }, () => 4 * random() - 2);
  data.forEach((_, i) => {
    const [c, x] = [i % channels, Math.floor(i / channels) % width];
    const y = Math.floor(i / (channels * width)) % height;
    const image = Math.floor(i / (channels * width * height));
    const [row, column] = [Math.floor((y * PATCHES) / height), Math.floor((x * PATCHES) / width)];
    const patch = ((image * PATCHES + row) * PATCHES + column) * channels + c;
    data[i] = (patches[patch] ?? 0) + random() - 0.5;
  });
  return { shape, data };
}

/** Patches of an image each way. */
const PATCHES = 2;
