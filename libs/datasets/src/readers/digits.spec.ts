import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ImageSplit } from '../image-dataset.js';
import { digitBytes, readDigits } from './digits.js';

const perClass = ({ labels }: ImageSplit) => {
  const counts = Array<number>(10).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

const imageAt = (split: ImageSplit, sample: number) =>
  Buffer.from(split.images.subarray(sample * 1024, (sample + 1) * 1024)).toString('latin1');

describe('the digits that come with the program', async () => {
  const { train, test, height, width, channels, augmentation, provenance } = await readDigits();

  it('are 7,996 training and 2,004 test images, four fifths of each class against the rest', () => {
    expect([train.count, test.count]).toEqual([7996, 2004]);
    expect(perClass(train)).toEqual([800, 901, 792, 825, 784, 690, 811, 856, 755, 782]);
    expect(perClass(test)).toEqual([201, 226, 199, 207, 196, 173, 203, 214, 189, 196]);
    expect(provenance.split).toContain('7996');
  });

  it('deal the classes out in turn, so that a prefix is balanced', () => {
    expect([...train.labels.subarray(0, 20)]).toEqual([...Array(20).keys()].map((position) => position % 10));
    expect([...test.labels.subarray(0, 20)]).toEqual([...Array(20).keys()].map((position) => position % 10));
  });

  it('are 32x32 with a black border of two pixels', () => {
    expect([height, width, channels]).toEqual([32, 32, 1]);
    let onBorder = 0;
    let inside = 0;
    train.images.forEach((byte, position) => {
      const x = position % 32;
      const y = Math.floor(position / 32) % 32;
      if (x < 2 || x > 29 || y < 2 || y > 29) onBorder += byte;
      else inside += byte;
    });
    expect(onBorder).toBe(0);
    // 0.1307 is the mean of MNIST at 28x28; this part of it is close.
    expect(inside / (train.count * 784 * 255)).toBeCloseTo(0.131, 2);
  });

  it('show the first zero: its top row of ink as the package has it', () => {
    // 0.2, 0.624, 0.992, 0.624, 0.196 times 255, in row 4 of 28, columns 15 to 19.
    const row = train.images.subarray((4 + 2) * 32, (4 + 3) * 32);
    expect([...row.subarray(15 + 2, 20 + 2)]).toEqual([51, 159, 253, 159, 50]);
  });

  it('share no image between training and test', () => {
    const seen = new Set(Array.from({ length: train.count }, (_, sample) => imageAt(train, sample)));
    const shared = Array.from({ length: test.count }, (_, sample) => imageAt(test, sample)).filter((image) =>
      seen.has(image),
    );
    expect(shared).toHaveLength(0);
  });

  it('never change: the split is fixed to the byte', () => {
    const digest = ({ images, labels }: ImageSplit) =>
      createHash('sha256').update(images).update(Uint8Array.from(labels)).digest('hex');
    expect([digest(train), digest(test)]).toMatchInlineSnapshot(`
      [
        "74994b234385249c9e56d3adbfd5fe58125fcb299863aa80743a852378e7fa83",
        "a5d49f7a0cf49e04ac378964c9410d9f6e89d3c9b2407460a97b1adc4bb66001",
      ]
    `);
  });

  it('are moved in training but never mirrored', () => {
    expect(augmentation).toEqual({ cropPadding: 2, horizontalFlip: false });
  });
});

describe('a class file of the package', () => {
  const image = (value: unknown) => JSON.stringify({ data: Array(784).fill(value) });

  it('gives back every byte that its three decimals stand for', () => {
    const values = Array.from({ length: 784 }, (_, position) => Number(((position % 256) / 255).toFixed(3)));
    const bytes = digitBytes(JSON.stringify({ data: values }), '0.json');
    expect([...bytes]).toEqual(values.map((_, position) => position % 256));
  });

  it.each([
    ['no JSON', '{', '0.json is not JSON; get the file anew.'],
    ['no list', '{"data":5}', '0.json does not hold whole images of 784 values; get the file anew.'],
    ['null', 'null', '0.json does not hold whole images of 784 values; get the file anew.'],
    [
      'half an image',
      '{"data":[0,0]}',
      '0.json does not hold whole images of 784 values; get the file anew.',
    ],
    [
      'a bright pixel',
      image(1.5),
      '0.json holds 1.5 at position 0, which is no pixel from 0 to 1; get the file anew.',
    ],
    [
      'a word',
      image('x'),
      '0.json holds "x" at position 0, which is no pixel from 0 to 1; get the file anew.',
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(() => digitBytes(text, '0.json')).toThrow(
      expect.objectContaining({ code: 'DATASET_CORRUPT', message }),
    );
  });
});
