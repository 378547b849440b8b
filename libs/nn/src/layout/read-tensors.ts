import { ModaError } from '@moda/contracts';
import { sameShape, shapeText, type ForeignTensor } from './foreign-tensor.js';

/** A tensor that an architecture needs, under the name it has in a file. */
export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The float32 values of each wanted tensor.
 *
 * @throws ModaError PARAMETER_MISMATCH where a tensor is missing, of another shape or type, or wanted by nobody, naming it, what
 *   was expected and what was found
 */
export function readTensors(
  architectureName: string,
  tensors: ReadonlyMap<string, ForeignTensor>,
  wanted: readonly WantedTensor[],
): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const { name, shape } of wanted) {
    const tensor = tensors.get(name);
    if (!tensor) {
      const near = [...tensors.keys()]
        .filter((key) => !wanted.some((other) => other.name === key))
        .slice(0, 3);
      throw misfit(
        name,
        `Tensor "${name}" of shape ${shapeText(shape)} is missing${near.length > 0 ? `, while ${near.map((key) => `"${key}"`).join(', ')} fit nowhere` : ''}`,
        architectureName,
      );
    }
    if (!sameShape(tensor.shape, shape)) {
      throw misfit(
        name,
        `Tensor "${name}" has shape ${shapeText(tensor.shape)}, but ${shapeText(shape)} was expected`,
        architectureName,
      );
    }
    values.set(name, floatsOf(name, tensor, architectureName));
  }
  for (const name of tensors.keys()) {
    if (!values.has(name)) throw misfit(name, `Tensor "${name}" belongs to no operator`, architectureName);
  }
  return values;
}

function floatsOf(name: string, { shape, data }: ForeignTensor, architectureName: string): Float32Array {
  if (!(data instanceof Float32Array)) {
    throw misfit(name, `Tensor "${name}" does not hold float32 values`, architectureName);
  }
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (data.length !== count) {
    throw misfit(
      name,
      `Tensor "${name}" holds ${data.length} values, but its shape has ${count}`,
      architectureName,
    );
  }
  return data;
}

function misfit(tensor: string, fact: string, architectureName: string): ModaError {
  return new ModaError(
    'PARAMETER_MISMATCH',
    `${fact}; check that the file is of architecture "${architectureName}" with the same input and classes.`,
    { tensor },
  );
}
