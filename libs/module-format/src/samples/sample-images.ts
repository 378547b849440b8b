import { ModaError } from '@moda/contracts';
import { maxClasses } from '../manifest/schema.js';
import { beyondBounds } from '../json-bounds.js';
import type { SafeTensor } from '../safetensors/dtype.js';
import { readSafetensors } from '../safetensors/read.js';
import { writeSafetensors } from '../safetensors/write.js';

/** Some test images with what the whole model said of them: whoever runs the model elsewhere can compare. */
export interface SampleImages {
  /** N, 1 to `maxSampleImages`. */
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Pixels 0..255, not normalised, `[N, height, width, channels]`, channels fastest. */
  readonly images: Uint8Array;
  /** Position of the true class among the model's outputs, `[N]`. */
  readonly labels: Int32Array;
  /** What the whole model answered in inference mode, `[N, classes]`. */
  readonly logits: Float32Array;
  /** Names of the model's outputs. */
  readonly classNames: readonly string[];
  /** Name of the data set. */
  readonly dataset: string;
  /** Per channel, for pixels scaled to 0..1: `(pixel / 255 - mean) / std`. */
  readonly normalisation: { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** What computed the logits, by name: program and version, device. */
  readonly computedBy: Readonly<Record<string, string>>;
}

/** A screenful; of ImageNet's size they take 10 MB. */
export const maxSampleImages = 64;

/** Bytes of the whole file: 64 colour images of 256x256 pixels, and the logits of ten thousand classes. */
export const maxSampleFileBytes = 16 * 1024 * 1024;

const format = 'moda-sample-images';
const formatVersion = '1';
const tensorNames = ['images', 'labels', 'logits'] as const;

/**
 * Writes `samples.safetensors`: `images` [N, H, W, C] (U8), `labels` [N] (I32), `logits` [N, K] (F32); the rest is in the metadata. The same
 * content gives the same bytes.
 *
 * @throws ModaError SAMPLES_INVALID for what `decodeSampleImages` would refuse
 */
export function encodeSampleImages(samples: SampleImages): Uint8Array {
  check(samples);
  const { count, height, width, channels, images, labels, logits, classNames } = samples;
  const tensors: [string, SafeTensor][] = [
    ['images', { dtype: 'U8', shape: [count, height, width, channels], data: images }],
    ['labels', { dtype: 'I32', shape: [count], data: labels }],
    ['logits', { dtype: 'F32', shape: [count, classNames.length], data: logits }],
  ];
  const file = writeSafetensors(tensors, {
    format,
    formatVersion,
    dataset: samples.dataset,
    classes: JSON.stringify(classNames),
    mean: JSON.stringify(samples.normalisation.mean),
    std: JSON.stringify(samples.normalisation.std),
    computedBy: JSON.stringify(samples.computedBy),
  });
  if (file.length > maxSampleFileBytes) throw tooLarge(file.length);
  return file;
}

/**
 * Reads what `encodeSampleImages` wrote; the arrays may share memory with `bytes`.
 *
 * @throws ModaError SAFETENSORS_INVALID for a malformed file, SAMPLES_INVALID for one that holds something else
 */
export function decodeSampleImages(bytes: Uint8Array): SampleImages {
  if (bytes.length > maxSampleFileBytes) throw tooLarge(bytes.length);
  const { tensors, metadata } = readSafetensors(bytes);
  if (metadata['format'] !== format) throw invalid('the file does not hold sample images');
  if (metadata['formatVersion'] !== formatVersion)
    throw invalid(`their format version is not ${formatVersion}; use a newer program`);
  if (tensors.size !== tensorNames.length)
    throw invalid(`the file has ${tensors.size} tensors and not just ${tensorNames.join(', ')}`);
  const [images, labels, logits] = tensorNames.map((name) => tensors.get(name));
  if (images?.dtype !== 'U8' || images.shape.length !== 4)
    throw invalid('the images are not of type U8 with four axes');
  if (labels?.dtype !== 'I32' || labels.shape.length !== 1)
    throw invalid('the labels are not of type I32 with one axis');
  if (logits?.dtype !== 'F32' || logits.shape.length !== 2)
    throw invalid('the logits are not of type F32 with two axes');
  const [count = 0, height = 0, width = 0, channels = 0] = images.shape;
  const classNames = listOf(metadata['classes'], 'the names of the classes', isText);
  if (labels.shape[0] !== count || logits.shape[0] !== count || logits.shape[1] !== classNames.length)
    throw invalid(`labels or logits are not of ${count} images and ${classNames.length} classes`);
  const samples = {
    ...{ count, height, width, channels },
    images: images.data,
    labels: labels.data,
    logits: logits.data,
    classNames,
    dataset: metadata['dataset'] ?? '',
    normalisation: {
      mean: listOf(metadata['mean'], 'the means', isNumber),
      std: listOf(metadata['std'], 'the deviations', isNumber),
    },
    computedBy: textsOf(metadata['computedBy']),
  };
  check(samples);
  return samples;
}

function check(samples: SampleImages): void {
  const { count, height, width, channels, images, labels, logits, classNames } = samples;
  const { mean, std } = samples.normalisation;
  if (!isCount(count) || count > maxSampleImages)
    throw invalid(`there are ${count} images, not 1 to ${maxSampleImages}`);
  if (![height, width, channels].every(isCount)) throw invalid('the images have no pixels');
  if (classNames.length < 1 || classNames.length > maxClasses)
    throw invalid(`there are ${classNames.length} classes, not 1 to ${maxClasses}`);
  if (images.length !== count * height * width * channels)
    throw invalid(`${count} images of ${height}x${width}x${channels} do not have ${images.length} pixels`);
  if (labels.length !== count || logits.length !== count * classNames.length)
    throw invalid(`labels or logits are not of ${count} images and ${classNames.length} classes`);
  const wrong = labels.find((label) => label < 0 || label >= classNames.length);
  if (wrong !== undefined) throw invalid(`the label ${wrong} is none of ${classNames.length} classes`);
  if (!logits.every(Number.isFinite)) throw invalid('a logit is not a finite number');
  if (mean.length !== channels || std.length !== channels)
    throw invalid(`the normalisation is not that of ${channels} channels`);
  if (!mean.every(Number.isFinite) || !std.every((value) => Number.isFinite(value) && value > 0))
    throw invalid('the normalisation has a mean that is not finite, or a deviation that is not above 0');
}

/** Of one list in the metadata; one level deep, as many values as a model has classes. */
const listBounds = { maxDepth: 1, maxValues: maxClasses + 1, maxKeys: 0 };

function listOf<T>(
  json: string | undefined,
  what: string,
  isOne: (value: unknown) => value is T,
): readonly T[] {
  const value = parsed(json, what, listBounds);
  if (Array.isArray(value) && value.every(isOne)) return value;
  throw invalid(`${what} are not a list of the right kind`);
}

/** A handful of tools. */
const toolBounds = { maxDepth: 1, maxValues: 40, maxKeys: 20 };

function textsOf(json: string | undefined): Readonly<Record<string, string>> {
  const value = parsed(json, 'what computed the logits', toolBounds);
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isRecord || !Object.values(value).every(isText))
    throw invalid('what computed the logits is not an object of texts');
  return value as Readonly<Record<string, string>>;
}

function parsed(json: string | undefined, what: string, bounds: Parameters<typeof beyondBounds>[1]): unknown {
  const excess = beyondBounds(json ?? '', bounds);
  if (excess !== undefined) throw invalid(`${what} in the metadata ${excess}`);
  try {
    return JSON.parse(json ?? '');
  } catch {
    throw invalid(`${what} in the metadata are missing or not JSON`);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;

function tooLarge(sizeBytes: number): ModaError {
  return invalid(`the file has ${sizeBytes} bytes, more than the ${maxSampleFileBytes} allowed`);
}

function invalid(fact: string): ModaError {
  return new ModaError(
    'SAMPLES_INVALID',
    `The sample images cannot be used: ${fact}; publish the model anew, or without samples.safetensors.`,
  );
}
