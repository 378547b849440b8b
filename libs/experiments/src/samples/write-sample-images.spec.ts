import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSampleImages, sampleImagesPath } from '@moda/module-format';
import { beforeAll, describe, expect, it } from 'vitest';
import { datasetOfModel } from '../model/dataset-of-model.js';
import { readModel } from '../model/model-folder.js';
import { predictSplit } from '../predict-split.js';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { trainModel } from '../train/train-model.js';
import { trainDefaults } from '../train/train-options.js';
import { writeSampleImages } from './write-sample-images.js';

const context = quietContext();
let model: string;
const fileOf = (folder: string) => readFile(join(folder, sampleImagesPath));

beforeAll(async () => {
  model = join(await temporaryFolder(), 'model');
  const options = { arch: 'lenet5', trainLimit: 64, maxSteps: 4, classes: ['2', '5', '7'] } as const;
  await trainModel({ ...trainDefaults, ...options, batchSize: 16, out: model }, context);
});

describe('the sample images of a model', () => {
  it('are 64 test images of its classes with the logits that an evaluation gives them', async () => {
    expect(await writeSampleImages({ model }, context)).toBe(64);
    const samples = decodeSampleImages(await fileOf(model));
    const stored = await readModel(model);
    const dataset = await datasetOfModel(stored, {});
    expect(samples).toMatchObject({
      count: 64,
      height: 32,
      width: 32,
      channels: 1,
      classNames: ['2', '5', '7'],
      dataset: 'digits',
      normalisation: dataset.normalisation,
      computedBy: { moda: '0.1.0', device: expect.stringContaining('threads') as string },
    });
    const perClass = [0, 1, 2].map((label) => samples.labels.filter((own) => own === label).length);
    expect(perClass).toEqual([22, 21, 21]);
    const all = await predictSplit(await context.backend(), stored.network, dataset, dataset.test);
    const imageBytes = 32 * 32;
    const rowOf = (image: Uint8Array) =>
      Array.from({ length: dataset.test.count }, (_, row) => row).find((row) =>
        Buffer.from(image).equals(dataset.test.images.subarray(row * imageBytes, (row + 1) * imageBytes)),
      )!;
    for (const at of [0, 30, 63]) {
      const row = rowOf(samples.images.subarray(at * imageBytes, (at + 1) * imageBytes));
      expect(samples.labels[at]).toBe(dataset.test.labels[row]);
      for (const k of [0, 1, 2])
        expect(samples.logits[3 * at + k]).toBeCloseTo(all.logits[3 * row + k] ?? NaN, 5);
    }
  });

  it('are the same file each time', async () => {
    const before = await fileOf(model);
    await writeSampleImages({ model }, context);
    expect((await fileOf(model)).equals(before)).toBe(true);
  });
});
