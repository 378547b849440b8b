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
} from '@moda/nn';

type WithParameters = Convolution | DepthwiseConvolution | Dense | BatchNorm;

/** Counts of values in the parameters. */
export interface ParameterCounts {
  /** Kernels, biases, batch norm's scales and offsets. */
  readonly trainable: number;
  /** These and the running means and variances. */
  readonly state: number;
}

/** The channels that one operator with parameters reads and yields in one module, as flags over the original channels. */
interface OperatorChannels {
  readonly operator: WithParameters;
  readonly inputs: Uint8Array;
  readonly outputs: Uint8Array;
}

/** What of a network's parameters is in one module. */
export type ParameterExtent = readonly OperatorChannels[];

/** Prepares one module for comparison with others of the same network. */
export function parameterExtent(architecture: Architecture): ParameterExtent {
  const shapes = inferShapes(architecture);
  const flags = (name: string) => flagsOf(shapes.get(name)?.channels ?? fullSet(0));
  return architecture.operators.filter(hasParameters).map((operator) => ({
    operator,
    inputs: flags(operator.inputs[0] ?? ''),
    outputs: flags(operator.name),
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

function flagsOf({ of, kept }: ChannelSet): Uint8Array {
  const flags = new Uint8Array(of);
  for (const channel of kept) flags[channel] = 1;
  return flags;
}

function inBoth(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += (a[i] ?? 0) & (b[i] ?? 0);
  return count;
}
