import { type HostTensor, inferShapes, type Network } from '@moda/nn/graph';

import type { Cut } from './cut.js';
import { cutWithShapes } from './cut-architecture.js';
import { type ParameterCut, parameterCuts } from './parameter-cuts.js';
import { sliceTensor } from './slice-tensor.js';

/**
 * A real, smaller network that keeps the given units of each tracked layer and the given classes. Batch norms, running
 * statistics included, go with the layer they normalise; a layer's kernel loses the inputs that the layer before it lost.
 * See `cutArchitecture` for the rules and the errors.
 *
 * The original is left as it was. Parameters that lose nothing are shared with it.
 */
export function cutNetwork({ architecture, parameters }: Network, cut: Cut): Network {
  const whole = { architecture, shapes: inferShapes(architecture) };
  const result = cutWithShapes(architecture, cut, whole.shapes);
  const slices = parameterCuts(whole, result).map(({ spec, kept }): [string, HostTensor] => {
    const parameter = parameters.get(spec.name);
    if (!parameter) throw new Error(`network without parameter ${spec.name}`);
    return [spec.name, slice(parameter, kept)];
  });
  return { architecture: result.architecture, parameters: new Map(slices) };
}

/** Axis by axis, inputs before outputs: they are runs of outputs, which are copied whole. */
function slice(parameter: HostTensor, kept: ParameterCut['kept']): HostTensor {
  return kept.reduce<HostTensor>(
    (rest, positions, axis) => (positions ? sliceTensor(rest, axis, positions) : rest),
    parameter,
  );
}
