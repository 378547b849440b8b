import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readIdx } from './idx.js';

const twoLabels = Buffer.from([0, 0, 8, 1, 0, 0, 0, 2, 5, 6]);

describe('an IDX file', () => {
  it('gives its shape and values, packed or not', async () => {
    for (const bytes of [twoLabels, gzipSync(twoLabels)]) {
      const { shape, values } = await readIdx({ path: 'labels', bytes }, 1);
      expect(shape).toEqual([2]);
      expect([...values]).toEqual([5, 6]);
    }
  });

  it('may not unpack to more than a data file can have', async () => {
    const file = { path: 'labels.gz', bytes: gzipSync(twoLabels) };
    await expect(readIdx(file, 1, twoLabels.length - 1)).rejects.toMatchObject({
      code: 'DATASET_CORRUPT',
      message: 'labels.gz unpacks to more than 9 bytes; get the file anew.',
    });
    await expect(readIdx(file, 1, twoLabels.length)).resolves.toMatchObject({ shape: [2] });
  });
});
