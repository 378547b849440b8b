import { ModaError } from '@moda/contracts';
import { readSafetensors, type SafetensorsFile } from '@moda/module-format';
import type { ImageShape } from '@moda/nn';
import { floatTensor } from '../files/host-tensors.js';
import { nameTheFile } from '../files/name-the-file.js';
import { readInput } from '../files/read-input.js';

export type ImageLayout = 'nhwc' | 'nchw';

/** Images `[count, height, width, channel]`, as a network takes them. */
export interface Images {
  readonly count: number;
  readonly data: Float32Array;
}

/** Reads a safetensors file that a person named. */
export async function readTensorFile(path: string): Promise<SafetensorsFile> {
  const bytes = await readInput(path, 'INPUT_SHAPE', 'the tensor file');
  return nameTheFile(path, () => readSafetensors(bytes));
}

/**
 * The tensor `images` of a file, in either layout, already normalised.
 *
 * @throws ModaError INPUT_SHAPE where it does not fit the network's input
 */
export function imagesOf(
  file: SafetensorsFile,
  path: string,
  layout: ImageLayout,
  input: ImageShape,
): Images {
  const { shape, data } = floatTensor(file.tensors, 'images', 4, path);
  const { height, width, channels } = input;
  const [count = 0, ...rest] = shape;
  const wanted = layout === 'nhwc' ? [height, width, channels] : [channels, height, width];
  if (rest.some((extent, axis) => extent !== wanted[axis])) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The tensor "images" of ${path} is [${shape.join(', ')}], but the model takes [N, ${wanted.join(', ')}] ` +
        `(--layout ${layout}).`,
    );
  }
  checkValues(path, count, data);
  return { count, data: layout === 'nhwc' ? data : channelsLast(data, count, input) };
}

function checkValues(path: string, count: number, data: Float32Array): void {
  if (count === 0)
    throw new ModaError(
      'INPUT_SHAPE',
      `The tensor "images" of ${path} holds no image; give it one at least.`,
    );
  const strange = data.findIndex((value) => !Number.isFinite(value));
  if (strange < 0) return;
  throw new ModaError(
    'INPUT_SHAPE',
    `Image ${Math.floor(strange / (data.length / count))} of ${path} holds ${data[strange]}; give finite values only.`,
  );
}

function channelsLast(
  data: Float32Array,
  count: number,
  { height, width, channels }: ImageShape,
): Float32Array {
  const positions = height * width;
  const result = new Float32Array(data.length);
  for (let image = 0; image < count; image++) {
    const start = image * positions * channels;
    for (let channel = 0; channel < channels; channel++) {
      for (let position = 0; position < positions; position++) {
        result[start + position * channels + channel] = data[start + channel * positions + position] ?? 0;
      }
    }
  }
  return result;
}
