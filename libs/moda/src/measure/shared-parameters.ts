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

import { countInBoth, type UnitBits, unitBits } from './unit-bits.js';

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
  readonly inputs: UnitBits;
  readonly outputs: UnitBits;
}

/** What of a network's parameters is in one module. */
export type ParameterExtent = readonly OperatorChannels[];

/** Prepares one module for comparison with others of the same network. */
export function parameterExtent(
  architecture: Architecture,
  shapes: ShapesByName = inferShapes(architecture),
): ParameterExtent {
  const known = new Map<ChannelSet, UnitBits>();
  const bits = (name: string) => {
    const channels = shapes.get(name)?.channels ?? fullSet(0);
    const found = known.get(channels) ?? unitBits(channels.of, channels.kept);
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
  const inBoth = counter();
  a.forEach(({ operator, inputs, outputs }, i) => {
    const other = b[i];
    if (other?.operator.name !== operator.name)
      throw new RangeError('modules of different networks share nothing');
    const reads = readsOne(operator) ? 1 : inBoth(inputs, other.inputs);
    const channels = inBoth(outputs, other.outputs);
    if (operator.op === 'batchNorm') {
      trainable += 2 * channels;
      statistics += 2 * channels;
      return;
    }
    const window = operator.op === 'dense' ? 1 : operator.size ** 2;
    trainable += channels * (reads * window + (operator.bias ? 1 : 0));
  });
  return { trainable, state: trainable + statistics };
}

/** Whether each channel goes by itself, whatever the others are. */
function readsOne({ op }: WithParameters): boolean {
  return op === 'depthwise' || op === 'batchNorm';
}

/** Counts as `countInBoth`, and remembers the last count: what one operator yields the next one reads. */
function counter(): (a: UnitBits, b: UnitBits) => number {
  let [lastA, lastB]: [UnitBits?, UnitBits?] = [];
  let count = 0;
  return (a, b) => {
    if (a !== lastA || b !== lastB) count = countInBoth(a, b);
    [lastA, lastB] = [a, b];
    return count;
  };
}

function hasParameters(operator: Operator): operator is WithParameters {
  return ['conv', 'depthwise', 'dense', 'batchNorm'].includes(operator.op);
}
