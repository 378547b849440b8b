import { type ChannelSet, inferShapes, type Network, type Operator } from '@moda/nn';

/** Units that stay by name of the ReLU; all others of that layer are set to zero. */
export type UnitMasks = ReadonlyMap<string, readonly number[]>;

/** A map `[height, width, channel]` over ALL channels of its set; absent ones are zero. */
interface FullMap {
  readonly height: number;
  readonly width: number;
  readonly channels: ChannelSet;
  readonly values: Float64Array;
}

/**
 * A network's outputs for one image by plain loops in float64, by their original numbers (absent ones are left out): what
 * specs compare with. It shares no arithmetic and no channel bookkeeping with the product: every map holds all original
 * channels, so that zeros and intersections need no rule.
 *
 * @param image `[height, width, channel]`
 */
export function naiveForward(
  network: Network,
  image: readonly number[],
  masks: UnitMasks = new Map(),
): Map<number, number> {
  const { architecture } = network;
  const shapes = inferShapes(architecture);
  const maps = new Map<string, FullMap>();
  for (const [name, { height, width, channels }] of shapes) {
    const map = { height, width, channels, values: new Float64Array(height * width * channels.of) };
    maps.set(name, map);
    if (name === 'input') {
      map.values.set(image);
      continue;
    }
    const operator = architecture.operators.find((candidate) => candidate.name === name);
    if (!operator) throw new Error(name);
    const inputs = operator.inputs.map((input) => maps.get(input) ?? map);
    run(network, operator, inputs, map);
    const mask = masks.get(name);
    if (mask)
      forEachValue(map, (at, channel) => {
        if (!mask.includes(channel)) map.values[at] = 0;
      });
  }
  const last = maps.get(architecture.operators.at(-1)?.name ?? '');
  return new Map(last?.channels.kept.map((channel) => [channel, last.values[channel] ?? NaN]));
}

function run(network: Network, operator: Operator, inputs: readonly FullMap[], y: FullMap): void {
  const [x] = inputs;
  if (!x) throw new Error(operator.name);
  const parameter = (kind: string, at: number) =>
    network.parameters.get(`${operator.name}/${kind}`)?.data[at] ?? NaN;
  const inCount = x.channels.kept.length;
  const outCount = y.channels.kept.length;
  switch (operator.op) {
    case 'conv':
    case 'depthwise':
      y.channels.kept.forEach((out, o) => {
        const bias = operator.bias ? parameter('bias', o) : 0;
        eachPosition(y, (row, column) => {
          let sum = bias;
          eachTap(operator.size, (ky, kx) => {
            const top = row * operator.stride + ky - operator.padding;
            const left = column * operator.stride + kx - operator.padding;
            const tap = ky * operator.size + kx;
            if (operator.op === 'depthwise')
              sum += read(x, top, left, out) * parameter('kernel', tap * outCount + o);
            else
              x.channels.kept.forEach((channel, c) => {
                sum += read(x, top, left, channel) * parameter('kernel', (tap * inCount + c) * outCount + o);
              });
          });
          y.values[(row * y.width + column) * y.channels.of + out] = sum;
        });
      });
      return;
    case 'batchNorm':
      x.channels.kept.forEach((channel, c) => {
        const factor = parameter('scale', c) / Math.sqrt(parameter('variance', c) + operator.epsilon);
        eachPosition(y, (row, column) => {
          const at = (row * y.width + column) * y.channels.of + channel;
          y.values[at] = ((x.values[at] ?? NaN) - parameter('mean', c)) * factor + parameter('offset', c);
        });
      });
      return;
    case 'relu':
      y.values.set(x.values.map((value) => Math.max(value, 0)));
      return;
    case 'maxPool':
      forEachValue(y, (at, channel, row, column) => {
        let most = -Infinity;
        eachTap(operator.size, (ky, kx) => {
          most = Math.max(most, read(x, row * operator.stride + ky, column * operator.stride + kx, channel));
        });
        y.values[at] = most;
      });
      return;
    case 'add':
      forEachValue(y, (at, channel) => {
        const isPresent = y.channels.kept.includes(channel);
        y.values[at] = isPresent ? inputs.reduce((sum, input) => sum + (input.values[at] ?? NaN), 0) : 0;
      });
      return;
    case 'globalPool':
      forEachValue(x, (at, channel) => {
        y.values[channel] = (y.values[channel] ?? 0) + (x.values[at] ?? NaN) / (x.height * x.width);
      });
      return;
    case 'flatten':
      y.values.set(x.values);
      return;
    case 'dense':
      y.channels.kept.forEach((out, o) => {
        const bias = operator.bias ? parameter('bias', o) : 0;
        y.values[out] = x.channels.kept.reduce(
          (sum, channel, c) => sum + (x.values[channel] ?? NaN) * parameter('kernel', c * outCount + o),
          bias,
        );
      });
      return;
    case 'concat':
      inputs.reduce((offset, input) => {
        y.values.set(input.values, offset);
        return offset + input.channels.of;
      }, 0);
      return;
    case 'softmax': {
      const total = x.channels.kept.reduce((sum, channel) => sum + Math.exp(x.values[channel] ?? NaN), 0);
      for (const channel of x.channels.kept) y.values[channel] = Math.exp(x.values[channel] ?? NaN) / total;
    }
  }
}

function read(x: FullMap, row: number, column: number, channel: number): number {
  if (row < 0 || column < 0 || row >= x.height || column >= x.width) return 0;
  return x.values[(row * x.width + column) * x.channels.of + channel] ?? NaN;
}

function eachPosition(map: FullMap, visit: (row: number, column: number) => void): void {
  for (let row = 0; row < map.height; row++)
    for (let column = 0; column < map.width; column++) visit(row, column);
}

function eachTap(size: number, visit: (row: number, column: number) => void): void {
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) visit(row, column);
}

function forEachValue(
  map: FullMap,
  visit: (at: number, channel: number, row: number, column: number) => void,
): void {
  eachPosition(map, (row, column) => {
    for (let channel = 0; channel < map.channels.of; channel++) {
      visit((row * map.width + column) * map.channels.of + channel, channel, row, column);
    }
  });
}
