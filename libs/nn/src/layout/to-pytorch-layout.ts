import type { Architecture } from '../graph/architecture.js';
import type { HostTensor, Network } from '../graph/network.js';
import { pytorchTensorSpecs } from './pytorch-tensor-specs.js';
import { transpose } from './transpose.js';

/**
 * A network's parameters as a PyTorch module of the same structure names and shapes them: `<operator>.weight`, `.bias`, `.running_mean`,
 * `.running_var`; kernels `[out, in, kh, kw]` (depthwise `[channel, 1, kh, kw]`), dense weights `[out, in]`, and flattened maps with
 * channels slowest.
 */
export function toPytorchLayout({ architecture, parameters }: Network): Map<string, HostTensor> {
  return tensorsToPytorchLayout(architecture, parameters);
}

/**
 * The same for whichever of the parameters are given, or for tensors that are shaped like them (gradients, momenta). Copies
 * what it reorders and shares the rest.
 *
 * @param tensors by native parameter name (`<operator>/<kind>`)
 */
export function tensorsToPytorchLayout(
  architecture: Architecture,
  tensors: ReadonlyMap<string, HostTensor>,
): Map<string, HostTensor> {
  const converted = new Map<string, HostTensor>();
  for (const { parameter, name, shape, transposition } of pytorchTensorSpecs(architecture)) {
    const tensor = tensors.get(parameter.name);
    if (!tensor) continue;
    converted.set(name, { shape, data: transposition ? transpose(tensor.data, transposition) : tensor.data });
  }
  return converted;
}
