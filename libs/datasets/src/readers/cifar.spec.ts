import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../load-dataset.js';
import { withDataFolder } from '../testing/data-folder.js';
import { cifar100ClassNames } from './cifar-class-names.js';

/** One record: its label bytes, then planes in which pixel p of channel c is (p + c) mod 256. */
function record(...labels: number[]): Buffer {
  const planes = Array.from({ length: 3072 }, (_, i) => ((i % 1024) + Math.floor(i / 1024)) % 256);
  return Buffer.from([...labels, ...planes]);
}

const cifar10Files = (folder = '') => ({
  [`${folder}data_batch_1.bin`]: Buffer.concat([record(6), record(9)]),
  [`${folder}data_batch_2.bin`]: record(1),
  [`${folder}data_batch_3.bin`]: record(2),
  [`${folder}data_batch_4.bin`]: record(3),
  [`${folder}data_batch_5.bin`]: record(0),
  [`${folder}test_batch.bin`]: record(8),
});

describe('cifar10 from its binary version', () => {
  it.each(['', 'cifar-10-batches-bin/'])(
    'keeps the official order and puts channels last (in folder "%s")',
    async (folder) => {
      await withDataFolder(cifar10Files(folder), async (dataDir) => {
        const { train, test, classNames, augmentation, normalisation } = await loadDataset('cifar10', {
          dataDir,
        });
        expect([...train.labels]).toEqual([6, 9, 1, 2, 3, 0]);
        expect([...test.labels]).toEqual([8]);
        expect(classNames.slice(0, 3)).toEqual(['airplane', 'automobile', 'bird']);
        expect(train.images).toHaveLength(6 * 3072);
        const lastImage = train.images.subarray(5 * 3072);
        // Row 1, column 3 is pixel 35 of every plane.
        expect([...lastImage.subarray(35 * 3, 36 * 3)]).toEqual([35, 36, 37]);
        expect(augmentation).toEqual({ cropPadding: 4, horizontalFlip: true });
        expect(normalisation.mean).toEqual([0.4914, 0.4822, 0.4465]);
      });
    },
  );

  it('takes the class names from batches.meta.txt where it is there', async () => {
    const names = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n';
    await withDataFolder({ ...cifar10Files(), 'batches.meta.txt': names }, async (dataDir) => {
      const { classNames } = await loadDataset('cifar10', { dataDir, classes: [9, 1] });
      expect(classNames).toEqual(['b', 'j']);
    });
  });

  it.each<[string, string, Buffer, string]>([
    [
      'a truncated batch',
      'data_batch_4.bin',
      record(3).subarray(0, -1),
      'is truncated or not of the CIFAR-10 binary version: 3072 bytes are no whole number of 3073-byte records',
    ],
    ['an empty batch', 'test_batch.bin', Buffer.alloc(0), 'is empty'],
    [
      'a label of 10',
      'data_batch_1.bin',
      Buffer.concat([record(6), record(10)]),
      'has label 10 in record 1, but the labels are 0 to 9',
    ],
    ['too few names', 'batches.meta.txt', Buffer.from('cat\ndog\n'), 'names 2 classes, but CIFAR-10 has 10'],
  ])('refuses %s', async (_, name, bytes, fact) => {
    await withDataFolder({ ...cifar10Files(), [name]: bytes }, async (dataDir) => {
      await expect(loadDataset('cifar10', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_CORRUPT',
        message: `${join(dataDir, name)} ${fact}; get the file anew.`,
      });
    });
  });

  it('refuses a folder in the place of a file', async () => {
    const { 'data_batch_2.bin': _left, ...others } = cifar10Files();
    await withDataFolder(others, async (dataDir) => {
      await mkdir(join(dataDir, 'data_batch_2.bin'));
      await expect(loadDataset('cifar10', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_CORRUPT',
        message: `${join(dataDir, 'data_batch_2.bin')} is not a regular file; get the file anew.`,
      });
    });
  });

  it('names the first missing file and the way on', async () => {
    const { 'data_batch_2.bin': _left, ...others } = cifar10Files();
    await withDataFolder(others, async (dataDir) => {
      await expect(loadDataset('cifar10', { dataDir })).rejects.toMatchObject({
        code: 'DATASET_MISSING',
        message:
          `cifar10 needs the file data_batch_2.bin, which is not in ${dataDir}; ` +
          'name the folder that holds it with --data-dir.',
      });
    });
  });
});

describe('cifar100 from its binary version', () => {
  it('uses the fine labels', async () => {
    const files = {
      'cifar-100-binary/train.bin': record(19, 99),
      'cifar-100-binary/test.bin': record(0, 23),
    };
    await withDataFolder(files, async (dataDir) => {
      const { train, test, classNames } = await loadDataset('cifar100', { dataDir });
      expect([...train.labels, ...test.labels]).toEqual([99, 23]);
      expect([classNames[99], classNames[23]]).toEqual(['worm', 'cloud']);
      expect([...train.images.subarray(0, 6)]).toEqual([0, 1, 2, 1, 2, 3]);
    });
  });

  it('has a hundred class names in alphabetical order', () => {
    expect(cifar100ClassNames).toHaveLength(100);
    expect(cifar100ClassNames).toEqual([...new Set(cifar100ClassNames)].sort());
  });
});
