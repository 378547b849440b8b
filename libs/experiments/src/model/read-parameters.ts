import { readSafetensors, type SafetensorsFile } from '@moda/module-format';
import { type Architecture, fromNativeLayout, fromPytorchLayout, type Network } from '@moda/nn';
import { nameTheFile } from '../files/name-the-file.js';
import { readInput } from '../files/read-input.js';

export type ParameterLayout = 'pytorch' | 'native';

/** A network whose parameters come from a safetensors file in either layout. */
export async function readParameters(
  path: string,
  architecture: Architecture,
  layout: ParameterLayout,
): Promise<Network> {
  return networkOf(await readParameterFile(path), architecture, layout);
}

/** The tensors of a parameter file. */
export async function readParameterFile(path: string): Promise<SafetensorsFile['tensors']> {
  const bytes = await readInput(path, 'PARAMETER_MISMATCH', 'the parameters');
  return nameTheFile(path, () => readSafetensors(bytes)).tensors;
}

/** @throws ModaError PARAMETER_MISMATCH naming the first tensor that does not fit the architecture */
export function networkOf(
  tensors: SafetensorsFile['tensors'],
  architecture: Architecture,
  layout: ParameterLayout,
): Network {
  return layout === 'pytorch'
    ? fromPytorchLayout(architecture, tensors)
    : fromNativeLayout(architecture, tensors);
}
