import { ModaError } from '@moda/contracts';
import { type SafeTensor, toFloat32 } from '@moda/module-format';
import type { HostTensor } from '@moda/nn';

/** Parameters as float32 tensors of a safetensors file, their names prefixed. */
export function toSafeTensors(
  parameters: ReadonlyMap<string, HostTensor>,
  prefix = '',
): (readonly [string, SafeTensor])[] {
  return [...parameters].map(([name, { shape, data }]) => [
    `${prefix}${name}`,
    { dtype: 'F32', shape: [...shape], data },
  ]);
}

/** The floating-point tensors whose names begin with a prefix, which is cut off. */
export function fromSafeTensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  prefix = '',
): Map<string, HostTensor> {
  const found = new Map<string, HostTensor>();
  for (const [name, tensor] of tensors) {
    if (!name.startsWith(prefix)) continue;
    found.set(name.slice(prefix.length), { shape: tensor.shape, data: toFloat32(tensor) });
  }
  return found;
}

/** A float32 tensor of a file, checked for its number of axes. */
export function floatTensor(
  tensors: ReadonlyMap<string, SafeTensor>,
  name: string,
  rank: number,
  where: string,
): HostTensor {
  const tensor = tensors.get(name);
  if (!tensor) {
    const known = [...tensors.keys()].slice(0, 8).join(', ');
    throw new ModaError('INPUT_SHAPE', `${where} has no tensor "${name}"; it has ${known || 'none at all'}.`);
  }
  if (tensor.dtype !== 'F32' || tensor.shape.length !== rank) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The tensor "${name}" of ${where} is ${tensor.dtype} [${tensor.shape.join(', ')}], not F32 with ${rank} axes.`,
    );
  }
  return { shape: tensor.shape, data: tensor.data };
}
