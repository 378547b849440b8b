import { describe, expect, it } from 'vitest';
import { openMemoryBlobStore } from '@moda/blob-store';
import { defaultSafetensorsLimits } from '@moda/module-format';
import { sampleModel, type SampleModel } from '../publish/testing/sample-model.js';
import { isProblem } from '../problem/problem.js';
import { openParents } from './parents.js';
import { readWeightsHeader } from './read-weights-header.js';

/** A store with the model's files, which counts what is read of it. */
async function storeWith(...models: SampleModel[]) {
  const blobs = openMemoryBlobStore();
  for (const { files } of models) for (const bytes of files.values()) await blobs.put(bytes);
  const reads: string[] = [];
  const get: typeof blobs.get = (digest, range) => {
    reads.push(digest);
    return blobs.get(digest, range);
  };
  return { blobs, reads, counted: { get } };
}

describe('parsed models', () => {
  it('are read once, whoever asks meanwhile and afterwards', async () => {
    const model = sampleModel();
    const { reads, counted } = await storeWith(model);
    const parents = openParents({ blobs: counted });
    const loaded = await Promise.all(Array.from({ length: 10 }, () => parents.load(model)));
    expect(new Set(loaded).size).toBe(1);
    expect(await parents.load(model)).toBe(loaded[0]);
    expect(reads).toHaveLength(3);
    expect(loaded[0]).toMatchObject({ kind: 'parent', digest: model.digest, manifest: { name: 'sample 1' } });
  });

  it('leave in the order in which they were last asked for, when there is no more room', async () => {
    const models = [1, 2, 3].map((seed) => sampleModel({ seed }));
    const [a, b, c] = models as [SampleModel, SampleModel, SampleModel];
    const { reads, counted } = await storeWith(...models);
    const counts = a.rates.layers.reduce((sum, layer) => sum + layer.counts.byteLength, 0);
    const size = counts + 500 * a.network.parameters.size + 8 * a.files.get('module.json')!.length;
    const parents = openParents({ blobs: counted, maxBytes: 2.5 * size });
    for (const model of [a, b, a, c]) await parents.load(model);
    const before = reads.length;
    await parents.load(a);
    expect(reads.length).toBe(before);
    await parents.load(b);
    expect(reads.length).toBe(before + 3);
  });

  it('that are larger than all the room are read each time', async () => {
    const model = sampleModel();
    const { reads, counted } = await storeWith(model);
    const parents = openParents({ blobs: counted, maxBytes: 1000 });
    for (let i = 0; i < 2; i += 1) expect(isProblem(await parents.load(model))).toBe(false);
    expect(reads).toHaveLength(6);
  });

  it('are not kept where reading failed', async () => {
    const model = sampleModel();
    const { blobs, counted } = await storeWith(model);
    const parents = openParents({ blobs: counted });
    const { digest } = model.package.files.find(({ path }) => path === 'module.json')!;
    await blobs.delete(digest);
    await expect(parents.load(model)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
    await blobs.put(model.files.get('module.json')!);
    expect(await parents.load(model)).toMatchObject({ kind: 'parent' });
  });

  it('need activation rates', async () => {
    const model = sampleModel({ withRates: false });
    const { counted } = await storeWith(model);
    expect(await openParents({ blobs: counted }).load(model)).toMatchObject({
      kind: 'problem',
      code: 'RATES_MISSING',
    });
  });
});

describe('the header of a weights file', () => {
  /** Many tensors of one byte, so that the header is longer than what is read first. */
  function fileOf(tensors: number): Uint8Array {
    const header = JSON.stringify(
      Object.fromEntries(
        Array.from({ length: tensors }, (_, i) => [
          `tensor ${i}`,
          { dtype: 'U8', shape: [1], data_offsets: [i, i + 1] },
        ]),
      ),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    return Buffer.concat([length, Buffer.from(header), Buffer.alloc(tensors)]);
  }

  it.each([1, 3000])('of %d tensors is read without the data', async (tensors) => {
    const blobs = openMemoryBlobStore();
    const { digest } = await blobs.put(fileOf(tensors));
    expect((await readWeightsHeader(blobs, digest)).tensors.size).toBe(tensors);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['less than a length', Buffer.alloc(7)],
    ['less than its header', Buffer.from([9, 0, 0, 0, 0, 0, 0, 0, 0x7b])],
    ['a header of exabytes', Buffer.alloc(8, 0xff)],
    [
      'a header longer than allowed',
      Buffer.from(new BigUint64Array([BigInt(defaultSafetensorsLimits.maxHeaderBytes + 1)]).buffer),
    ],
  ])('of a file of %s is refused', async (_what, bytes) => {
    const blobs = openMemoryBlobStore();
    const { digest } = await blobs.put(bytes);
    await expect(readWeightsHeader(blobs, digest)).rejects.toMatchObject({ code: 'SAFETENSORS_INVALID' });
  });
});
