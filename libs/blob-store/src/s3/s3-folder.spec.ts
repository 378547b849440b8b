import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { fillBucket, findMinio, type MinioServer, startFaultyProxy, startMinio } from '../testing/index.js';
import { patternedBytes } from '../testing/patterned-bytes.js';
import { openS3Folder, type S3Folder } from './s3-folder.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('minio');
const quick = { attempts: 3, firstDelayMs: 5, maxDelayMs: 20 };

describe.skipIf(!required && (await findMinio()) === undefined)('files in a bucket [needs minio]', () => {
  let minio: MinioServer;
  let bucket: string;
  beforeAll(async () => {
    minio = await startMinio();
    return () => minio.stop();
  });
  beforeEach(() => {
    bucket = `files-${randomUUID()}`;
  });

  const open = (more: { endpoint?: string; secretKey?: string; bucket?: string } = {}): S3Folder => {
    const { endpoint, accessKey, secretKey } = minio;
    return openS3Folder({
      endpoint,
      bucket,
      accessKey,
      secretKey,
      keyPrefix: 'sets/',
      retry: quick,
      ...more,
    });
  };
  const put = (files: Readonly<Record<string, Uint8Array | string>>) => fillBucket(minio, bucket, files);
  const namesOf = async (folder: S3Folder, beginning: string) => {
    const names: string[] = [];
    for await (const { name } of folder.files(beginning)) names.push(name);
    return names;
  };
  const bytesOf = async (folder: S3Folder, name: string) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of folder.read(name)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  it('are told by name and size, those of the prefix and no others', async () => {
    await put({ 'sets/mnist/b': 'two', 'sets/mnist/a': 'three', 'sets/mnist/': '' });
    await put({ 'sets/mnist2/a': 'x', 'elsewhere/mnist/a': 'x' });
    const files = [];
    for await (const file of open().files('mnist/')) files.push(file);
    expect(files).toEqual([
      { name: 'mnist/a', sizeBytes: 5 },
      { name: 'mnist/b', sizeBytes: 3 },
    ]);
  });

  it('are all told, however many there are', async () => {
    await put(Object.fromEntries(Array.from({ length: 1010 }, (_, i) => [`sets/many/${i}`, ''])));
    const names = await namesOf(open(), 'many/');
    expect(names).toHaveLength(1010);
    expect(new Set(names).size).toBe(1010);
  });

  it('are read byte for byte, also where the network cuts', async () => {
    const bytes = patternedBytes(3_000_000, 'large');
    await put({ 'sets/large': bytes, 'sets/empty': '' });
    expect((await bytesOf(open(), 'large')).equals(bytes)).toBe(true);
    expect(await bytesOf(open(), 'empty')).toHaveLength(0);
    const proxy = await startFaultyProxy(minio.endpoint);
    onTestFinished(() => proxy.stop());
    let cuts = 0;
    proxy.fault = ({ url }) =>
      url?.includes('large') === true && (cuts += 1) <= 2 ? { cutAfterBytes: 1_200_000 } : undefined;
    const read = await bytesOf(open({ endpoint: proxy.endpoint }), 'large');
    expect(read.equals(bytes)).toBe(true);
    expect(cuts).toBe(3);
  });

  it('are refused in words: none of the name, no such bucket, another key, nobody there', async () => {
    await put({ 'sets/a': '' });
    await expect(bytesOf(open(), 'none')).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
    const other = open({ bucket: `no-${bucket}`.slice(0, 60) });
    await expect(namesOf(other, '')).rejects.toMatchObject({ code: 'BLOB_STORE_REFUSED' });
    const stranger = open({ secretKey: 'not the right one' });
    await expect(namesOf(stranger, '')).rejects.toMatchObject({ code: 'BLOB_STORE_REFUSED' });
    const nobody = open({ endpoint: 'http://127.0.0.1:9' });
    await expect(namesOf(nobody, '')).rejects.toMatchObject({ code: 'BLOB_STORE_UNREACHABLE' });
  });
});
