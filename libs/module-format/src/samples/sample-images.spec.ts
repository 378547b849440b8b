import { describe, expect, it } from 'vitest';
import type { SafeTensor } from '../safetensors/dtype.js';
import { readSafetensors } from '../safetensors/read.js';
import { writeSafetensors } from '../safetensors/write.js';
import {
  decodeSampleImages,
  encodeSampleImages,
  maxSampleFileBytes,
  type SampleImages,
} from './sample-images.js';

const samples: SampleImages = {
  count: 2,
  height: 2,
  width: 3,
  channels: 1,
  images: Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
  labels: Int32Array.of(1, 0),
  logits: Float32Array.of(-1.5, 2, 0.25, 4, -8, 0),
  classNames: ['cat', 'dog', 'a "third"'],
  dataset: 'pets',
  normalisation: { mean: [0.5], std: [0.25] },
  computedBy: { moda: '0.1.0', device: 'a processor (TensorFlow 2.18.0)' },
};
const file = encodeSampleImages(samples);

describe('sample images', () => {
  it('come back as they were written, and the same content gives the same bytes', () => {
    expect(decodeSampleImages(file)).toEqual(samples);
    expect(Buffer.compare(encodeSampleImages(decodeSampleImages(file)), file)).toBe(0);
  });

  it('are three tensors that any reader of safetensors can name', () => {
    const { tensors } = readSafetensors(file);
    const shapes = [...tensors].map(([name, { dtype, shape }]) => [name, dtype, shape] as const);
    expect(shapes.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['images', 'U8', [2, 2, 3, 1]],
      ['labels', 'I32', [2]],
      ['logits', 'F32', [2, 3]],
    ]);
  });
});

/** The same file with other metadata or tensors. */
function changed(
  metadata: Readonly<Record<string, string>>,
  tensors: Readonly<Record<string, SafeTensor>> = {},
): Uint8Array {
  const plain = readSafetensors(file);
  return writeSafetensors(Object.entries({ ...Object.fromEntries(plain.tensors), ...tensors }), {
    ...plain.metadata,
    ...metadata,
  });
}

const many = 65;

describe('sample images that cannot be', () => {
  it.each<[string, Uint8Array, string]>([
    ['another file', writeSafetensors([]), 'the file does not hold sample images'],
    ['a newer format', changed({ formatVersion: '2' }), 'format version is not 1; use a newer program'],
    [
      'a tensor too many',
      changed({}, { more: { dtype: 'U8', shape: [1], data: Uint8Array.of(1) } }),
      'has 4 tensors and not just images, labels, logits',
    ],
    [
      'images of another type',
      changed({}, { images: { dtype: 'F32', shape: [1, 1, 1, 1], data: Float32Array.of(1) } }),
      'the images are not of type U8 with four axes',
    ],
    [
      'labels of another type',
      changed({}, { labels: { dtype: 'U8', shape: [2], data: Uint8Array.of(0, 1) } }),
      'the labels are not of type I32',
    ],
    [
      'fewer labels than images',
      changed({}, { labels: { dtype: 'I32', shape: [1], data: Int32Array.of(0) } }),
      'labels or logits are not of 2 images and 3 classes',
    ],
    [
      'a label of no class',
      changed({}, { labels: { dtype: 'I32', shape: [2], data: Int32Array.of(0, -1) } }),
      'the label -1 is none of 3 classes',
    ],
    [
      'logits of other classes',
      changed({ classes: '["cat","dog"]' }),
      'labels or logits are not of 2 images and 2 classes',
    ],
    [
      'a logit that is no number',
      changed({}, { logits: { dtype: 'F32', shape: [2, 3], data: new Float32Array(6).fill(NaN) } }),
      'a logit is not a finite number',
    ],
    [
      'no image',
      changed(
        {},
        {
          images: { dtype: 'U8', shape: [0, 2, 3, 1], data: new Uint8Array() },
          labels: { dtype: 'I32', shape: [0], data: new Int32Array() },
          logits: { dtype: 'F32', shape: [0, 3], data: new Float32Array() },
        },
      ),
      'there are 0 images, not 1 to 64',
    ],
    [
      'more images than a page can show',
      changed(
        {},
        {
          images: { dtype: 'U8', shape: [many, 1, 1, 1], data: new Uint8Array(many) },
          labels: { dtype: 'I32', shape: [many], data: new Int32Array(many) },
          logits: { dtype: 'F32', shape: [many, 3], data: new Float32Array(3 * many) },
        },
      ),
      'there are 65 images, not 1 to 64',
    ],
    ['no classes', changed({ classes: '' }), 'the names of the classes in the metadata are missing'],
    ['classes that are none', changed({ classes: '[1,2,3]' }), 'are not a list of the right kind'],
    ['names within names', changed({ classes: '[["a"]]' }), 'is nested deeper than the 1 levels allowed'],
    ['a mean of other channels', changed({ mean: '[0.5,0.5]' }), 'is not that of 1 channels'],
    ['a deviation of 0', changed({ std: '[0]' }), 'a deviation that is not above 0'],
    ['tools that are none', changed({ computedBy: '[]' }), 'is not an object of texts'],
    ['more bytes than allowed', new Uint8Array(maxSampleFileBytes + 1), 'more than the 16777216 allowed'],
  ])('are not read: %s', (_what, bytes, fact) => {
    expect(() => decodeSampleImages(bytes)).toThrow(
      expect.objectContaining({
        code: 'SAMPLES_INVALID',
        message: expect.stringContaining(fact) as string,
      }),
    );
  });

  it('are not written either', () => {
    const wrong = [{ count: 3 }, { labels: Int32Array.of(0, 7) }, { images: new Uint8Array(5) }];
    for (const change of wrong)
      expect(() => encodeSampleImages({ ...samples, ...change })).toThrow(
        expect.objectContaining({ code: 'SAMPLES_INVALID' }),
      );
  });
});
