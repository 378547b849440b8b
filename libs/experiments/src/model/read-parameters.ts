import { readSafetensors } from '@moda/module-format';
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
  const bytes = await readInput(path, 'PARAMETER_MISMATCH', 'the parameters');
  const { tensors } = nameTheFile(path, () => readSafetensors(bytes));
  return layout === 'pytorch'
    ? fromPytorchLayout(architecture, tensors)
    : fromNativeLayout(architecture, tensors);
}
