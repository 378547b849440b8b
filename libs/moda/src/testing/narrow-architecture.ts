import { type Architecture, type ChannelSet, fullSet, type Operator } from '@moda/nn/graph';

/**
 * The same network with so many times fewer channels in every layer but the last, at least two each: all of its structure, little of
 * its cost.
 */
export function narrowed(architecture: Architecture, divisor: number): Architecture {
  const last = architecture.operators.length - 1;
  const narrow = ({ of }: ChannelSet) => fullSet(Math.max(2, Math.ceil(of / divisor)));
  return {
    ...architecture,
    operators: architecture.operators.map((operator, i): Operator =>
      'channels' in operator && i < last ? { ...operator, channels: narrow(operator.channels) } : operator,
    ),
  };
}
