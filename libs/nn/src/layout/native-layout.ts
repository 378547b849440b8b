import type { Architecture } from '../graph/architecture.js';
import { checkNetwork } from '../graph/check-network.js';
import type { HostTensor, Network } from '../graph/network.js';
import { parameterSpecs } from '../graph/parameters.js';
import type { ForeignTensor } from './foreign-tensor.js';
import { readTensors } from './read-tensors.js';

/** A network's parameters as they are: `<operator>/<kind>`, kernels `[kh, kw, in, out]`, dense `[in, out]`; in forward order. */
export function toNativeLayout({ architecture, parameters }: Network): Map<string, HostTensor> {
  const tensors = new Map<string, HostTensor>();
  for (const { name } of parameterSpecs(architecture)) {
    const parameter = parameters.get(name);
    if (parameter) tensors.set(name, parameter);
  }
  return tensors;
}

/**
 * A network from tensors in native layout, whose memory it shares.
 *
 * @throws ModaError PARAMETER_MISMATCH naming a tensor that is missing, unexpected, of the wrong shape or type, or not finite
 */
export function fromNativeLayout(
  architecture: Architecture,
  tensors: ReadonlyMap<string, ForeignTensor>,
): Network {
  const specs = parameterSpecs(architecture);
  const values = readTensors(architecture.name, tensors, specs);
  const network: Network = {
    architecture,
    parameters: new Map(
      specs.map(({ name, shape }): [string, HostTensor] => [
        name,
        { shape, data: values.get(name) ?? new Float32Array() },
      ]),
    ),
  };
  checkNetwork(network);
  return network;
}
