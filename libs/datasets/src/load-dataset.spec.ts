import { describe, expect, it } from 'vitest';
import { loadDataset } from './load-dataset.js';

describe('loading a data set', () => {
  it('gives the digits of some classes without any folder', async () => {
    const { train, sourceLabels, classNames } = await loadDataset('digits', { classes: [9, 5] });
    expect(sourceLabels).toEqual([5, 9]);
    expect(classNames).toEqual(['5', '9']);
    expect(train.count).toBe(690 + 782);
    expect(new Set(train.labels)).toEqual(new Set([0, 1]));
  });

  it.each([
    [
      'cats',
      'There is no data set "cats"; choose one of digits, mnist, cifar10, cifar100 (svhn and folder:PATH are not supported yet).',
    ],
    ['svhn', 'The data set svhn is not supported yet; choose one of digits, mnist, cifar10, cifar100.'],
    [
      'folder:my pictures',
      'The data set folder:my pictures is not supported yet; choose one of digits, mnist, cifar10, cifar100.',
    ],
    [
      '__proto__',
      'There is no data set "__proto__"; choose one of digits, mnist, cifar10, cifar100 (svhn and folder:PATH are not supported yet).',
    ],
  ])('names what there is instead of %s', async (name, message) => {
    await expect(loadDataset(name)).rejects.toMatchObject({ code: 'DATASET_UNKNOWN', message });
  });

  it('asks for the folder of a data set that does not come along', async () => {
    await expect(loadDataset('cifar10')).rejects.toMatchObject({
      code: 'DATASET_MISSING',
      message:
        'cifar10 does not come with the program; name the folder that holds its official files with --data-dir.',
    });
  });
});
