import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../load-dataset.js';
import { withDataFolder } from '../testing/data-folder.js';

function idx(shape: readonly number[], values: ArrayLike<number>, magic = 0x0800 | shape.length): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(magic, 0);
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis));
  return Buffer.concat([header, Uint8Array.from(values)]);
}

const images = (count: number) =>
  idx(
    [count, 28, 28],
    Array.from({ length: count * 784 }, (_, i) => i % 251),
  );

const files = () => ({
  'train-images-idx3-ubyte': images(3),
  'train-labels-idx1-ubyte': idx([3], [7, 0, 9]),
  't10k-images-idx3-ubyte': images(1),
  't10k-labels-idx1-ubyte': idx([1], [4]),
});

describe('mnist from its IDX files', () => {
  it('keeps the official order and pads to 32x32', async () => {
    await withDataFolder(files(), async (dataDir) => {
      const { train, test, height, width, channels } = await loadDataset('mnist', { dataDir });
      expect([height, width, channels]).toEqual([32, 32, 1]);
      expect([...train.labels]).toEqual([7, 0, 9]);
      expect([...test.labels]).toEqual([4]);
      const pixel = (sample: number, y: number, x: number) => train.images[(sample * 32 + y) * 32 + x];
      expect(pixel(2, 2, 2)).toBe((2 * 784) % 251);
      expect(pixel(2, 29, 29)).toBe((3 * 784 - 1) % 251);
      expect(pixel(2, 1, 2)).toBe(0);
      expect(pixel(2, 30, 29)).toBe(0);
    });
  });

  it('reads packed files, dotted names and the folder of other tools', async () => {
    const { 'train-images-idx3-ubyte': trainImages, ...others } = files();
    const spelled = Object.entries(others).map(([name, bytes]) => [
      `MNIST/raw/${name.replace('-idx', '.idx')}`,
      bytes,
    ]);
    const packed = { 'MNIST/raw/train-images-idx3-ubyte.gz': gzipSync(trainImages) };
    await withDataFolder(
      { ...packed, ...(Object.fromEntries(spelled) as typeof others) },
      async (dataDir) => {
        const { train, test } = await loadDataset('mnist', { dataDir, classes: [0, 9] });
        expect([...train.labels]).toEqual([0, 1]);
        expect(test.count).toBe(0);
      },
    );
  });

  it.each<[string, string, Buffer, string]>([
    [
      'truncated pixels',
      'train-images-idx3-ubyte',
      images(3).subarray(0, -1),
      'is truncated: 3 x 28 x 28 needs 2352 bytes of values, it has 2351',
    ],
    [
      'a truncated header',
      't10k-labels-idx1-ubyte',
      Buffer.from([0, 0, 8, 1]),
      'is truncated: it has 4 bytes, less than its header',
    ],
    [
      'bytes after the end',
      't10k-labels-idx1-ubyte',
      idx([1], [4, 4]),
      'is too long: 1 needs 1 bytes of values, it has 2',
    ],
    [
      'labels in place of images',
      'train-images-idx3-ubyte',
      idx([3], Array(20).fill(1)),
      'starts with the number 2049 and not with 2051, so it is not the expected IDX file',
    ],
    [
      'a size beyond the file',
      'train-labels-idx1-ubyte',
      idx([0xffffffff], [1]),
      'is truncated: 4294967295 needs 4294967295 bytes of values, it has 1',
    ],
    [
      'images of another size',
      't10k-images-idx3-ubyte',
      idx([1, 2, 2], [1, 2, 3, 4]),
      'holds images of 2x2, not of 28x28',
    ],
    ['no images', 't10k-images-idx3-ubyte', idx([0, 28, 28], []), 'holds no images'],
    [
      'a label of 10',
      'train-labels-idx1-ubyte',
      idx([3], [7, 10, 9]),
      'has label 10 at position 1, but the labels are 0 to 9',
    ],
    [
      'a damaged gzip',
      'train-labels-idx1-ubyte',
      gzipSync(idx([3], [7, 0, 9])).subarray(0, -6),
      'is a truncated or damaged gzip file',
    ],
  ])('refuses %s', async (_, name, bytes, fact) => {
    await withDataFolder({ ...files(), [name]: bytes }, async (dataDir) => {
      await expect(loadDataset('mnist', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_CORRUPT',
        message: `${join(dataDir, name)} ${fact}; get the file anew.`,
      });
    });
  });

  it('refuses labels for another number of images, naming both files', async () => {
    await withDataFolder({ ...files(), 'train-labels-idx1-ubyte': idx([2], [1, 2]) }, async (dataDir) => {
      const labels = join(dataDir, 'train-labels-idx1-ubyte');
      const imagesPath = join(dataDir, 'train-images-idx3-ubyte');
      await expect(loadDataset('mnist', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_CORRUPT',
        message: `${labels} holds 2 labels for the 3 images of ${imagesPath}; get the file anew.`,
      });
    });
  });

  it('names a missing file and the way on', async () => {
    const { 't10k-labels-idx1-ubyte': _left, ...incomplete } = files();
    await withDataFolder(incomplete, async (dataDir) => {
      await expect(loadDataset('mnist', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_MISSING',
        message:
          `mnist needs the file t10k-labels-idx1-ubyte, which is not in ${dataDir}; ` +
          'name the folder that holds it with --data-dir.',
      });
    });
  });
});
