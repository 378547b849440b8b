import type { Architecture } from '../graph/architecture.js';
import { checkNetwork } from '../graph/check-network.js';
import type { HostTensor, Network } from '../graph/network.js';
import type { ForeignTensor } from './foreign-tensor.js';
import { pytorchTensorSpecs } from './pytorch-tensor-specs.js';
import { readTensors } from './read-tensors.js';
import { spelledTensors } from './spelled-tensors.js';
import { transposeBack } from './transpose.js';

/**
 * A network from a PyTorch module's tensors (a state dict). `num_batches_tracked` is ignored, prefixes of wrappers (`module.`,
 * `model.`) are taken off, and the spellings of alternative-spellings.ts are read. Shares the memory of vectors and copies the rest.
 *
 * @param tensors by name, in PyTorch's shapes
 * @throws ModaError PARAMETER_MISMATCH naming a tensor that is missing, unexpected, of the wrong shape or type, or not finite
 */
export function fromPytorchLayout(
  architecture: Architecture,
  tensors: ReadonlyMap<string, ForeignTensor>,
): Network {
  const specs = pytorchTensorSpecs(architecture);
  const spelled = spelledTensors(architecture.name, tensors, new Set(specs.map(({ name }) => name)));
  const values = readTensors(architecture.name, spelled, specs);
  const parameters = new Map<string, HostTensor>();
  for (const { parameter, name, transposition } of specs) {
    const data = values.get(name) ?? new Float32Array();
    parameters.set(parameter.name, {
      shape: parameter.shape,
      data: transposition ? transposeBack(data, transposition) : data,
    });
  }
  const network = { architecture, parameters };
  checkNetwork(network);
  return network;
}
