import { ModaError } from '@moda/contracts';
import {
  type Architecture,
  type ChannelSet,
  type HostTensor,
  INPUT,
  type Network,
  type Operator,
  outputShape,
  trackedLayers,
} from '@moda/nn';

import { cutNetwork } from '../compose/cut-network.js';

/** Parts of a repaired network: two networks over one image, their operators and parameters prefixed. */
export interface JoinedNetworks {
  readonly name: string;
  readonly input: Architecture['input'];
  readonly operators: readonly Operator[];
  readonly parameters: ReadonlyMap<string, HostTensor>;
  readonly weakOutput: string;
  readonly strongOutput: string;
}

/**
 * Checks that a strong module can stand in for one output of a weak network, and gives the weak network's output channels.
 *
 * @throws ModaError ARCHITECTURE_CHANNEL_MISMATCH where they take different images or the module has several outputs,
 *   ARCHITECTURE_INVALID where the weak network does not end in a dense layer, CLASS_UNKNOWN where there is no such output
 */
export function checkReplacement(weak: Network, strongModule: Network, targetPosition: number): ChannelSet {
  const [a, b] = [weak.architecture.input, strongModule.architecture.input];
  if (a.height !== b.height || a.width !== b.width || a.channels !== b.channels) {
    const size = ({ height, width, channels }: Architecture['input']) => `${height}x${width}x${channels}`;
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `The weak model takes ${size(a)} images and the module ${size(b)}; take a module for images of the same size.`,
    );
  }
  const moduleOutputs = outputShape(strongModule.architecture).channels.kept.length;
  if (moduleOutputs !== 1) {
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `The strong network has ${moduleOutputs} outputs; take the module of one class.`,
    );
  }
  const last = weak.architecture.operators.at(-1);
  if (last?.op !== 'dense') {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      `The weak model ends in "${last?.name ?? ''}" (${last?.op ?? 'nothing'}); a model to repair ends in a dense layer.`,
    );
  }
  const outputs = last.channels.kept.length;
  if (!Number.isInteger(targetPosition) || targetPosition < 0 || targetPosition >= outputs || outputs < 2) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `The weak model has ${outputs} outputs and none at position ${targetPosition} that could be replaced among others.`,
    );
  }
  return last.channels;
}

/** Both networks side by side, nothing of them joined yet. */
export function sideBySide(weak: Network, strong: Network): JoinedNetworks {
  const [w, s] = [prefixed(weak, 'weak.'), prefixed(strong, 'strong.')];
  return {
    name: `${weak.architecture.name}-repaired`,
    input: weak.architecture.input,
    operators: [...w.operators, ...s.operators],
    parameters: new Map([...w.parameters, ...s.parameters]),
    weakOutput: w.output,
    strongOutput: s.output,
  };
}

/** The network without one of its outputs, all else as it was. */
export function withoutOutput(network: Network, position: number): Network {
  const outputs = outputShape(network.architecture).channels.kept;
  return cutNetwork(network, {
    kept: trackedLayers(network.architecture).map(({ channels }) => channels.kept),
    classes: outputs.filter((_, i) => i !== position),
  });
}

function prefixed({ architecture, parameters }: Network, prefix: string) {
  const rename = (name: string) => (name === INPUT ? name : prefix + name);
  return {
    operators: architecture.operators.map((operator) => ({
      ...operator,
      name: rename(operator.name),
      inputs: operator.inputs.map(rename),
    })),
    parameters: [...parameters].map(([name, value]): [string, HostTensor] => [prefix + name, value]),
    output: rename(architecture.operators.at(-1)?.name ?? INPUT),
  };
}
