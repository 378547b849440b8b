import { ModaError } from '@moda/contracts';
import type { SafetensorsFile } from '@moda/module-format';

/**
 * The tensor `labels` of a file: one class index, 0 .. classes-1, per image.
 *
 * @throws ModaError INPUT_SHAPE
 */
export function labelsOf(file: SafetensorsFile, path: string, count: number, classes: number): Int32Array {
  const tensor = file.tensors.get('labels');
  if (tensor?.dtype !== 'I32' && tensor?.dtype !== 'I64') {
    throw new ModaError('INPUT_SHAPE', `${path} has no tensor "labels" of int32 class indices.`);
  }
  if (tensor.shape.length !== 1 || tensor.shape[0] !== count) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The tensor "labels" of ${path} is [${tensor.shape.join(', ')}], but there are ${count} images.`,
    );
  }
  const labels = Int32Array.from(tensor.data as ArrayLike<number | bigint>, Number);
  const strange = labels.find((label) => label < 0 || label >= classes);
  if (strange !== undefined) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The tensor "labels" of ${path} holds ${strange}, but the model has classes 0 to ${classes - 1}.`,
    );
  }
  return labels;
}
