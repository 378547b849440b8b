import {
  type Architecture,
  type ChannelSet,
  fullSet,
  type HostTensor,
  inferShapes,
  type Network,
  type Operator,
  parameterSpecs,
  positionsOf,
  type ShapesByName,
} from '@moda/nn';

import type { Cut } from './cut.js';
import { cutArchitecture } from './cut-architecture.js';
import { sliceTensor } from './slice-tensor.js';

/**
 * A real, smaller network that keeps the given units of each tracked layer and the given classes. Batch norms, running
 * statistics included, go with the layer they normalise; a layer's kernel loses the inputs that the layer before it lost.
 * See `cutArchitecture` for the rules and the errors.
 *
 * The original is left as it was. Parameters that lose nothing are shared with it.
 */
export function cutNetwork(network: Network, cut: Cut): Network {
  const architecture = cutArchitecture(network.architecture, cut);
  return { architecture, parameters: sliceParameters(network, architecture) };
}

function sliceParameters(
  { architecture: whole, parameters }: Network,
  cut: Architecture,
): Map<string, HostTensor> {
  const before = inferShapes(whole);
  const after = inferShapes(cut);
  const operators = new Map(whole.operators.map((operator) => [operator.name, operator]));
  return new Map(
    parameterSpecs(cut, after).map(({ name, operator: operatorName, kind }) => {
      const operator = operators.get(operatorName);
      const parameter = parameters.get(name);
      if (!operator || !parameter) throw new Error(`network without parameter ${name}`);
      const outputs = positionsLeft(before, after, operatorName);
      if (kind !== 'kernel') return [name, sliceTensor(parameter, 0, outputs)];
      const inputs = positionsLeft(before, after, operator.inputs[0] ?? '');
      return [name, sliceKernel(operator, parameter, inputs, outputs)];
    }),
  );
}

/** Where the channels that an operator is left with are among those it had. */
function positionsLeft(before: ShapesByName, after: ShapesByName, name: string): number[] {
  const channels = (shapes: ShapesByName): ChannelSet => shapes.get(name)?.channels ?? fullSet(0);
  return positionsOf(channels(after), channels(before));
}

function sliceKernel(
  operator: Operator,
  kernel: HostTensor,
  inputs: readonly number[],
  outputs: readonly number[],
): HostTensor {
  // Inputs first: they are runs of outputs, which are copied whole.
  switch (operator.op) {
    case 'depthwise':
      return sliceTensor(kernel, 2, outputs);
    case 'conv':
      return sliceTensor(sliceTensor(kernel, 2, inputs), 3, outputs);
    case 'dense':
      return sliceTensor(sliceTensor(kernel, 0, inputs), 1, outputs);
    default:
      throw new Error(`operator ${operator.name} (${operator.op}) has no kernel`);
  }
}
