import { describe, expect, it } from 'vitest';
import { type BlobStore, digestOf, openMemoryBlobStore } from '@moda/blob-store';
import { encodeSampleImages, writeSafetensors } from '@moda/module-format';
import { toNativeLayout } from '@moda/nn/graph';
import { checkPackage } from './check-package.js';
import { sampleModel, type SampleOptions } from './testing/sample-model.js';

function samplesOf(size: number, classNames: readonly string[]): Uint8Array {
  return encodeSampleImages({
    ...{ count: 1, height: size, width: size, channels: 1 },
    images: new Uint8Array(size * size),
    labels: Int32Array.of(0),
    logits: new Float32Array(classNames.length),
    classNames,
    dataset: 'digits',
    normalisation: { mean: [0.1], std: [0.3] },
    computedBy: {},
  });
}

async function storeWith(files: ReadonlyMap<string, Uint8Array>): Promise<BlobStore> {
  const blobs = openMemoryBlobStore();
  for (const bytes of files.values()) await blobs.put(bytes);
  return blobs;
}

describe('what cannot be released', () => {
  const weightsWith = (
    change: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void,
  ) => {
    const tensors = new Map(
      [...toNativeLayout(sampleModel().network)].map(([name, { shape, data }]) => [
        name,
        { shape, data: data.slice() },
      ]),
    );
    change(tensors);
    return writeSafetensors(
      [...tensors].map(([name, tensor]) => [name, { dtype: 'F32', ...tensor }] as const),
    );
  };
  const cases: [string, SampleOptions, string, string][] = [
    ['a model without a licence', { manifest: { license: undefined } }, 'LICENSE_MISSING', '--license'],
    ['a manifest that is none', { files: { 'module.json': '{}' } }, 'MODEL_INVALID', 'module.json'],
    [
      'a manifest that is no text',
      { files: { 'module.json': Uint8Array.of(0xff) } },
      'MODEL_INVALID',
      'UTF-8',
    ],
    [
      'an architecture that is none',
      { manifest: { architecture: { operators: [] } } },
      'ARCHITECTURE_INVALID',
      'architecture',
    ],
    [
      'more classes than outputs',
      {
        manifest: {
          classes: ['a', 'b', 'c', 'd'].map((name, index) => ({ index, name, sourceLabel: index })),
        },
      },
      'MODEL_INVALID',
      '4 classes',
    ],
    [
      'an accuracy in percent',
      { manifest: { metrics: { accuracy: 90 } } },
      'MODEL_INVALID',
      'accuracy of 90',
    ],
    [
      'the accuracy of a class below 0',
      { manifest: { metrics: { 'accuracy:1': -1 } } },
      'MODEL_INVALID',
      'accuracy:1',
    ],
    ['weights that are none', { files: { 'weights.safetensors': 'abc' } }, 'SAFETENSORS_INVALID', 'bytes'],
    [
      'weights that end early',
      { files: { 'weights.safetensors': sampleModel().files.get('weights.safetensors')!.subarray(0, -4) } },
      'SAFETENSORS_INVALID',
      'truncated',
    ],
    [
      'weights of another network',
      {
        files: {
          'weights.safetensors': sampleModel({ classes: ['a', 'b'] }).files.get('weights.safetensors')!,
        },
      },
      'PARAMETER_MISMATCH',
      'fc3/',
    ],
    [
      'a value that is no number',
      {
        files: {
          'weights.safetensors': weightsWith((tensors) => (tensors.get('fc2/kernel')!.data[17] = Number.NaN)),
        },
      },
      'PARAMETER_MISMATCH',
      'Parameter "fc2/kernel" is NaN at index 17',
    ],
    [
      'a tensor too many',
      {
        files: {
          'weights.safetensors': weightsWith((tensors) =>
            tensors.set('more', { shape: [1], data: new Float32Array(1) }),
          ),
        },
      },
      'PARAMETER_MISMATCH',
      '"more" belongs to no operator',
    ],
    ['rates that are none', { files: { 'rates.safetensors': 'abc' } }, 'SAFETENSORS_INVALID', 'bytes'],
    [
      'rates of another network',
      {
        files: { 'rates.safetensors': sampleModel({ classes: ['a', 'b'] }).files.get('rates.safetensors')! },
      },
      'RATES_INVALID',
      'another network',
    ],
    ['samples that are none', { files: { 'samples.safetensors': 'abc' } }, 'SAFETENSORS_INVALID', 'bytes'],
    [
      'samples of another size',
      { files: { 'samples.safetensors': samplesOf(12, ['zero', 'one', 'two']) } },
      'SAMPLES_INVALID',
      'are of 12x12x1, but the network takes 16x16x1',
    ],
    [
      'samples of other classes',
      { files: { 'samples.safetensors': samplesOf(16, ['zero', 'one']) } },
      'SAMPLES_INVALID',
      'have 2 logits each, but the model has 3 classes',
    ],
    ['a history that is no JSON', { files: { 'history.json': '[1,' } }, 'MODEL_INVALID', 'history.json'],
    ['a card that is no text', { files: { 'README.md': Uint8Array.of(0xc3) } }, 'MODEL_INVALID', 'README.md'],
  ];
  it.each(cases)('%s', async (_what, options, code, words) => {
    const { files, package: packageManifest } = sampleModel(options);
    await expect(checkPackage(await storeWith(files), packageManifest)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });

  it('a file that is not there', async () => {
    const { files, package: packageManifest } = sampleModel();
    const blobs = await storeWith(new Map([...files].slice(1)));
    await expect(checkPackage(blobs, packageManifest)).rejects.toMatchObject({
      code: 'PACKAGE_INCOMPLETE',
      message: 'The file module.json of the package is not here yet; upload it, then release again.',
    });
  });

  it('files whose sizes are not those announced', async () => {
    const { files, package: packageManifest } = sampleModel();
    const lying = packageManifest.files.map((file) => ({ ...file, sizeBytes: file.sizeBytes + 1 }));
    await expect(
      checkPackage(await storeWith(files), { ...packageManifest, files: lying }),
    ).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
  });
});

describe('what is known of a model that can be released', () => {
  it('comes from its files', async () => {
    const { files, package: packageManifest } = sampleModel({ manifest: { extra: { tau: 0.75 } } });
    const facts = await checkPackage(await storeWith(files), packageManifest);
    expect(facts).toMatchObject({
      architecture: 'lenet5',
      input: { height: 16, width: 16, channels: 1 },
      dataset: 'digits',
      license: 'Apache-2.0',
      accuracy: 0.9,
      tau: 0.75,
      weightsBytes: files.get('weights.safetensors')!.length,
      weightsDigest: digestOf(files.get('weights.safetensors')!),
      ratesDigest: digestOf(files.get('rates.safetensors')!),
    });
    expect(facts.modules.map(({ className, accuracy }) => [className, accuracy])).toEqual([
      ['zero', 0.95],
      ['one', undefined],
      ['two', undefined],
    ]);
  });

  it('may come with sample images', async () => {
    const { files, package: packageManifest } = sampleModel({
      files: { 'samples.safetensors': samplesOf(16, ['zero', 'one', 'two']) },
    });
    expect(await checkPackage(await storeWith(files), packageManifest)).toMatchObject({ accuracy: 0.9 });
  });

  it('has no modules where it was not decomposed', async () => {
    const { files, package: packageManifest } = sampleModel({ withRates: false });
    expect(await checkPackage(await storeWith(files), packageManifest)).toMatchObject({
      ratesDigest: undefined,
      modules: [],
    });
  });
});
