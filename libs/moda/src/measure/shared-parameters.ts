import {
  type Architecture,
  type BatchNorm,
  type ChannelSet,
  type Convolution,
  type Dense,
  type DepthwiseConvolution,
  fullSet,
  inferShapes,
  type Operator,
  type ShapesByName,
} from '@moda/nn/graph';

type WithParameters = Convolution | DepthwiseConvolution | Dense | BatchNorm;

/** Counts of values in the parameters. */
export interface ParameterCounts {
  /** Kernels, biases, batch norm's scales and offsets. */
  readonly trainable: number;
  /** These and the running means and variances. */
  readonly state: number;
}

/** The channels that one operator with parameters reads and yields in one module, as bits over the original channels. */
interface OperatorChannels {
  readonly operator: WithParameters;
  readonly inputs: Uint32Array;
  readonly outputs: Uint32Array;
}

/** What of a network's parameters is in one module. */
export type ParameterExtent = readonly OperatorChannels[];

/** Prepares one module for comparison with others of the same network. */
export function parameterExtent(
  architecture: Architecture,
  shapes: ShapesByName = inferShapes(architecture),
): ParameterExtent {
  const known = new Map<ChannelSet, Uint32Array>();
  const bits = (name: string) => {
    const channels = shapes.get(name)?.channels ?? fullSet(0);
    const found = known.get(channels) ?? bitsOf(channels);
    known.set(channels, found);
    return found;
  };
  return architecture.operators.filter(hasParameters).map((operator) => ({
    operator,
    inputs: bits(operator.inputs[0] ?? ''),
    outputs: bits(operator.name),
  }));
}

/**
 * How many parameter values two modules of one network have in common: those whose every index is in both. A convolution
 * shares |in_a ∩ in_b| |out_a ∩ out_b| k^2 kernel values and |out_a ∩ out_b| biases; a depthwise convolution and a batch norm
 * go by their own channels alone. Output layers of different classes share nothing. Compared with itself, a module shares all
 * that it has.
 */
export function sharedParameters(a: ParameterExtent, b: ParameterExtent): ParameterCounts {
  let trainable = 0;
  let statistics = 0;
  a.forEach(({ operator, inputs, outputs }, i) => {
    const other = b[i];
    if (other?.operator.name !== operator.name)
      throw new RangeError('modules of different networks share nothing');
    const channels = inBoth(outputs, other.outputs);
    if (channels === 0) return;
    if (operator.op === 'batchNorm') {
      trainable += 2 * channels;
      statistics += 2 * channels;
      return;
    }
    const reads = operator.op === 'depthwise' ? 1 : inBoth(inputs, other.inputs);
    const window = operator.op === 'dense' ? 1 : operator.size ** 2;
    trainable += channels * (reads * window + (operator.bias ? 1 : 0));
  });
  return { trainable, state: trainable + statistics };
}

function hasParameters(operator: Operator): operator is WithParameters {
  return ['conv', 'depthwise', 'dense', 'batchNorm'].includes(operator.op);
}

function bitsOf({ of, kept }: ChannelSet): Uint32Array {
  const bits = new Uint32Array(Math.ceil(of / 32));
  for (const channel of kept) bits[channel >>> 5] = (bits[channel >>> 5] ?? 0) | (1 << (channel & 31));
  return bits;
}

function inBoth(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += ones((a[i] ?? 0) & (b[i] ?? 0));
  return count;
}

/** Bits that are set in a 32-bit word: sums in pairs, fours and bytes, then of all bytes at once. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
