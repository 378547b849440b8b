import { ModaError } from '@moda/contracts';
import type { SafetensorsHeader } from '@moda/module-format';
import { type Architecture, parameterSpecs, type ShapesByName } from '@moda/nn/graph';

/**
 * Fails unless a weights file has exactly the parameters of an architecture, float32 and in native layout.
 *
 * @throws ModaError PARAMETER_MISMATCH naming the first tensor that does not fit
 */
export function checkWeights(
  architecture: Architecture,
  shapes: ShapesByName,
  { tensors }: SafetensorsHeader,
): void {
  const specs = parameterSpecs(architecture, shapes);
  for (const { name, shape } of specs) {
    const found = tensors.get(name);
    if (!found) throw misfit(architecture, name, `is missing`);
    if (found.dtype !== 'F32') throw misfit(architecture, name, `is of type ${found.dtype}, not F32`);
    if (found.shape.length !== shape.length || found.shape.some((extent, axis) => extent !== shape[axis])) {
      throw misfit(architecture, name, `has shape [${found.shape.join(', ')}], not [${shape.join(', ')}]`);
    }
  }
  if (tensors.size === specs.length) return;
  const known = new Set(specs.map(({ name }) => name));
  const strange = [...tensors.keys()].find((name) => !known.has(name)) ?? '';
  throw misfit(architecture, strange, 'belongs to no operator');
}

function misfit({ name }: Architecture, tensor: string, fact: string): ModaError {
  return new ModaError(
    'PARAMETER_MISMATCH',
    `Tensor "${tensor}" ${fact}; check that the weights are of architecture "${name}" with the same input and classes.`,
    { tensor },
  );
}
