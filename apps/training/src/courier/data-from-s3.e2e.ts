import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fillBucket,
  findMinio,
  type MinioServer,
  startFaultyProxy,
  startMinio,
} from '@moda/blob-store/testing';
import { parseTrainSpec } from '@moda/contracts';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PodPlace } from './testing/pod-place.js';
import { smallMnist } from './testing/small-mnist.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('minio');
const spec = parseTrainSpec({ arch: 'lenet5', dataset: 'mnist', epochs: 1, batchSize: 100 });

describe.skipIf(!required && (await findMinio()) === undefined)('data sets in a bucket [needs minio]', () => {
  let minio: MinioServer;
  let folder: string;
  let place: PodPlace;
  beforeAll(async () => {
    minio = await startMinio();
    const files = Object.entries(smallMnist()).map(([name, bytes]) => [`sets/mnist/${name}`, bytes]);
    await fillBucket(minio, 'data', Object.fromEntries(files) as Record<string, Buffer>);
    folder = await mkdtemp(join(tmpdir(), 'moda-data-from-s3-'));
    place = await PodPlace.open(folder);
  });
  afterAll(async () => {
    await place.close();
    await minio.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a Secret says to a pod. */
  const bucketAt = (endpoint: string) => ({
    MODA_DATA_S3_ENDPOINT: endpoint,
    MODA_DATA_S3_BUCKET: 'data',
    MODA_DATA_S3_ACCESS_KEY: minio.accessKey,
    MODA_DATA_S3_SECRET_KEY: minio.secretKey,
    MODA_DATA_S3_KEY_PREFIX: 'sets/',
  });
  const weightsOf = async (id: string) =>
    (await place.archive.files(id)).find(({ name }) => name === 'model/weights.safetensors')?.digest;

  it('are brought to the pod, which trains what it trains from a volume', async () => {
    const inBucket = await place.submit(spec);
    const pod = await place.start(inBucket, bucketAt(minio.endpoint));
    expect(await pod.exit, pod.said()).toBe(0);

    const volume = join(folder, 'volume');
    await mkdir(join(volume, 'mnist'), { recursive: true });
    for (const [name, bytes] of Object.entries(smallMnist()))
      await writeFile(join(volume, 'mnist', name), bytes);
    const inVolume = await place.submit(spec);
    const other = await place.start(inVolume, { MODA_DATA: volume, ...bucketAt('http://127.0.0.1:9') });
    expect(await other.exit, other.said()).toBe(0);
    expect(await weightsOf(inVolume)).toMatch(/^sha256:/);
    expect(await weightsOf(inBucket)).toBe(await weightsOf(inVolume));
  });

  it('are waited for where the store does not answer', async () => {
    const proxy = await startFaultyProxy(minio.endpoint);
    onTestFinished(() => proxy.stop());
    // More often than the client itself tries again.
    proxy.fault = () => (proxy.requests.length <= 8 ? { status: 503 } : undefined);
    const id = await place.submit(spec);
    const pod = await place.start(id, bucketAt(proxy.endpoint));
    expect(await pod.exit, pod.said()).toBe(0);
    expect(pod.said()).toContain('It is asked until it does.');
  });

  it.each([
    ['has none of the name', { dataset: 'cifar10' }, {}, 'DATASET_MISSING', 'nothing behind sets/cifar10/'],
    [
      'does not know the key',
      {},
      { MODA_DATA_S3_SECRET_KEY: 'x'.repeat(20) },
      'BLOB_STORE_REFUSED',
      'refused',
    ],
  ])('fail the run where the bucket %s', async (_, changes, variables, code, words) => {
    const id = await place.submit(parseTrainSpec({ ...spec, ...changes }));
    const pod = await place.start(id, { ...bucketAt(minio.endpoint), ...variables });
    expect(await pod.exit, pod.said()).toBe(1);
    const run = await place.store.run(id);
    expect(run).toMatchObject({ state: 'failed', error: { code } });
    expect(run?.reason).toContain(words);
  });
});
