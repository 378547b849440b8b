import {
  type Architecture,
  fullSet,
  type HostTensor,
  type Network,
  type Operator,
  parameterSpecs,
  trackedLayers,
} from '@moda/nn';
import fc from 'fast-check';

/** Blocks that small networks are built of. */
export type Block =
  'plain' | 'biased' | 'untracked' | 'identity' | 'projection' | 'depthwise' | 'twoDepthwise' | 'pool';
export type Tail = 'flatten' | 'globalPool';

export interface SmallNetworkPlan {
  readonly blocks: readonly Block[];
  readonly tail: Tail;
  readonly channels: number;
  readonly classes: number;
  readonly seed: number;
}

/** A network over 6x5 images of two channels, with parameters that leave no channel dead and no two alike. */
export function smallNetwork({ blocks, tail, channels, classes, seed }: SmallNetworkPlan): Network {
  const operators: Operator[] = [];
  let last = 'input';
  const put = (operator: Operator) => {
    operators.push(operator);
    last = operator.name;
  };
  const conv = (name: string, size: number, stride = 1, bias = false) =>
    put({
      op: 'conv',
      name,
      inputs: [last],
      channels: fullSet(channels),
      size,
      stride,
      padding: size >> 1,
      bias,
    });
  const norm = (name: string) => put({ op: 'batchNorm', name, inputs: [last], epsilon: 1e-5 });
  const relu = (name: string, tracked = true) => put({ op: 'relu', name, inputs: [last], tracked });
  const layer = (name: string, size: number, tracked = true) => {
    conv(`${name}.conv`, size);
    norm(`${name}.bn`);
    relu(`${name}.relu`, tracked);
  };
  const depthwise = (name: string, stride: number) => {
    put({
      op: 'depthwise',
      name,
      inputs: [last],
      channels: fullSet(channels),
      size: 3,
      stride,
      padding: 1,
      bias: true,
    });
    norm(`${name}.bn`);
    relu(`${name}.relu`);
  };

  layer('stem', 3);
  blocks.forEach((block, i) => {
    const before = last;
    const name = `${i}.${block}`;
    switch (block) {
      case 'plain':
        return layer(name, 3);
      case 'biased':
        conv(name, 1, 1, true);
        return relu(`${name}.relu`);
      case 'untracked':
        return layer(name, 3, false);
      case 'pool':
        return put({ op: 'maxPool', name, inputs: [last], size: 2, stride: 1 });
      case 'depthwise':
      case 'twoDepthwise':
        depthwise(`${name}.a`, 1);
        if (block === 'twoDepthwise') depthwise(`${name}.b`, 1);
        return layer(`${name}.pointwise`, 1);
      case 'identity':
      case 'projection': {
        const stride = block === 'projection' ? 2 : 1;
        conv(`${name}.conv1`, 3, stride);
        norm(`${name}.bn1`);
        relu(`${name}.relu1`);
        conv(`${name}.conv2`, 3);
        norm(`${name}.bn2`);
        const branch = last;
        let shortcut = before;
        if (block === 'projection') {
          last = before;
          conv(`${name}.shortcut`, 1, stride);
          norm(`${name}.shortcut.bn`);
          shortcut = last;
        }
        put({ op: 'add', name: `${name}.add`, inputs: [branch, shortcut], channels: fullSet(channels) });
        return relu(`${name}.relu2`);
      }
    }
  });
  put({ op: tail, name: tail, inputs: [last] });
  put({ op: 'dense', name: 'fc1', inputs: [last], channels: fullSet(channels + 1), bias: true });
  relu('fc1.relu');
  put({ op: 'dense', name: 'fc2', inputs: [last], channels: fullSet(classes), bias: true });
  return withParameters({ name: 'small', input: { height: 6, width: 5, channels: 2 }, operators }, seed);
}

/** Parameters from a small generator: kernels and offsets of either sign, scales and variances around 1. */
export function withParameters(architecture: Architecture, seed: number): Network {
  const next = pseudoRandom(seed);
  const parameters = new Map<string, HostTensor>();
  for (const { name, shape, kind } of parameterSpecs(architecture)) {
    const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
    const isPositive = kind === 'scale' || kind === 'variance';
    for (let i = 0; i < data.length; i++) data[i] = isPositive ? 0.5 + next() : 2 * next() - 1;
    parameters.set(name, { shape, data });
  }
  return { architecture, parameters };
}

/** Numbers in 0..1 from a seed, for specs. */
export function pseudoRandom(seed: number): () => number {
  let state = (seed >>> 0) + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Random small networks with every block that the walk over channel sets has a rule for. */
export const smallNetworks: fc.Arbitrary<Network> = fc
  .record({
    blocks: fc.array(
      fc.constantFrom<Block>(
        'plain',
        'biased',
        'untracked',
        'identity',
        'projection',
        'depthwise',
        'twoDepthwise',
        'pool',
      ),
      { maxLength: 4 },
    ),
    tail: fc.constantFrom<Tail>('flatten', 'globalPool'),
    channels: fc.integer({ min: 1, max: 5 }),
    classes: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })
  // More would leave nothing of a 6x5 map.
  .filter(({ blocks }) => count(blocks, 'pool') <= 1 && count(blocks, 'projection') <= 2)
  .map(smallNetwork);

function count(blocks: readonly Block[], wanted: Block): number {
  return blocks.filter((block) => block === wanted).length;
}

/** A random cut of a network: some units of every tracked layer, some classes. */
export function cutsOf(network: Network): fc.Arbitrary<{ kept: number[][]; classes: number[] }> {
  const last = network.architecture.operators.at(-1);
  const outputs = last && 'channels' in last ? last.channels.kept : [];
  const kept = trackedLayers(network.architecture).map(({ channels }) =>
    fc.subarray([...channels.kept], { minLength: 1 }),
  );
  return fc.record({ kept: fc.tuple(...kept), classes: fc.subarray([...outputs], { minLength: 1 }) });
}

/** An image for the networks above. */
export function imageOf(network: Network, seed: number): number[] {
  const { height, width, channels } = network.architecture.input;
  const next = pseudoRandom(seed);
  return Array.from({ length: height * width * channels }, () => 2 * next() - 1);
}
