import { digitInput, photoInput, type InputShape, type Pixels, type Plane } from '@moda/page-runtime/images';

/** Data sets whose images are single written digits, scaled and centred in one way. */
const digitDataSets = new Set(['digits', 'mnist']);

/** Whether images of a data set are written digits, which are centred as the data set's are. */
export function isDigits(dataset: string | undefined): boolean {
  return dataset !== undefined && digitDataSets.has(dataset);
}

/**
 * A picture as the model's data set would show it, 0..255.
 *
 * @returns undefined where a digit was expected and nothing is written
 */
export function inputOf(pixels: Pixels, shape: InputShape, dataset: string | undefined): Plane | undefined {
  return isDigits(dataset) ? digitInput(pixels, shape) : photoInput(pixels, shape);
}
