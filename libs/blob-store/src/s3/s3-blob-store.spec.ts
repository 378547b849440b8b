import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { digestOf } from '../digest.js';
import { readBlob } from '../read-blob.js';
import { type FaultyProxy, startFaultyProxy } from '../testing/faulty-proxy.js';
import { describeBlobStore, findMinio, type MinioServer, startMinio } from '../testing/index.js';
import { patternedBytes, piecesOf } from '../testing/patterned-bytes.js';
import { minPartBytes, type S3BlobStoreOptions } from './options.js';
import { openS3BlobStore } from './s3-blob-store.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('minio');
const quick = { attempts: 3, firstDelayMs: 5, maxDelayMs: 20 };

describe.skipIf(!required && (await findMinio()) === undefined)('S3 [needs minio]', () => {
  let minio: MinioServer;
  let plain: Client;
  beforeAll(async () => {
    minio = await startMinio();
    const { hostname, port } = new URL(minio.endpoint);
    const { accessKey, secretKey } = minio;
    plain = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey });
    return () => minio.stop();
  });

  const newBucket = () => `blobs-${randomUUID()}`;
  const optionsFor = (bucket: string): S3BlobStoreOptions => {
    const { endpoint, accessKey, secretKey } = minio;
    return { endpoint, bucket, accessKey, secretKey, partSizeBytes: minPartBytes, retry: quick };
  };
  const keyOf = (digest: string) => digest.replace(':', '/');

  /** Uploads that were begun and not ended. */
  async function unfinished(bucket: string, key: string): Promise<readonly unknown[]> {
    const { uploads } = await plain.listIncompleteUploadsQuery(bucket, key, '', '', '');
    return uploads;
  }

  describeBlobStore('the store in a bucket', async () => {
    const bucket = newBucket();
    const temporaryFolder = await mkdtemp(join(tmpdir(), 'moda-stage-'));
    const store = await openS3BlobStore({ ...optionsFor(bucket), keyPrefix: 'moda/blobs/', temporaryFolder });
    return {
      store,
      damage: async (digest, bytes) => {
        await plain.putObject(bucket, `moda/blobs/${keyOf(digest)}`, Buffer.from(bytes));
      },
      litter: async () => {
        for (const key of ['sha256/short', 'sha256/aa/deeper', 'sha255/before', 'sha257/behind'])
          await plain.putObject(bucket, `moda/blobs/${key}`, 'not a blob');
      },
      leftovers: () => readdir(temporaryFolder),
      // Where a second part begins, and a third.
      thresholds: [minPartBytes, 2 * minPartBytes],
      close: () => rm(temporaryFolder, { recursive: true }),
    };
  });

  it('keeps each blob byte for byte as an object that any S3 tool finds by its digest', async () => {
    const bucket = newBucket();
    const store = await openS3BlobStore(optionsFor(bucket));
    const bytes = patternedBytes(minPartBytes + 1000, 'for all');
    const { digest } = await store.put(piecesOf(bytes, [100]));
    const hash = createHash('sha256');
    for await (const piece of await plain.getObject(bucket, keyOf(digest))) hash.update(piece as Buffer);
    expect(`sha256:${hash.digest('hex')}`).toBe(digest);
  });

  it('makes its bucket once, however many processes begin at a time', async () => {
    const bucket = newBucket();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openS3BlobStore(optionsFor(bucket))));
    const { digest } = await stores[0]!.put(Buffer.from('abc'));
    expect(await stores[3]!.has(digest)).toBe(true);
  });

  it('lets many writers of one blob in parts each finish their own upload', async () => {
    const bucket = newBucket();
    const store = await openS3BlobStore(optionsFor(bucket));
    const bytes = patternedBytes(2 * minPartBytes + 7, 'by many');
    const digest = digestOf(bytes);
    await Promise.all(Array.from({ length: 4 }, () => store.put(bytes)));
    expect(Buffer.from(await readBlob(store, digest)).equals(bytes)).toBe(true);
    expect(await unfinished(bucket, keyOf(digest))).toEqual([]);
  });

  describe('a presigned address', () => {
    it('gives the blob and parts of it to anybody', async () => {
      const store = await openS3BlobStore(optionsFor(newBucket()));
      const { digest } = await store.put(Buffer.from('0123456789'));
      const url = await store.presignGet(digest, { expiresInSeconds: 60 });
      expect(await (await fetch(url)).text()).toBe('0123456789');
      const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
      expect([part.status, await part.text()]).toEqual([206, '234']);
      expect((await fetch(url.replace(/\?.*/, ''))).status).toBe(403);
    });

    it('ends when it was said to', async () => {
      const store = await openS3BlobStore(optionsFor(newBucket()));
      const { digest } = await store.put(Buffer.from('abc'));
      const url = await store.presignGet(digest, { expiresInSeconds: 1 });
      await expect.poll(async () => (await fetch(url)).status, { timeout: 5000, interval: 200 }).toBe(403);
    });

    it('points to the name by which readers know the store', async () => {
      const publicEndpoint = minio.endpoint.replace('127.0.0.1', 'localhost');
      const store = await openS3BlobStore({ ...optionsFor(newBucket()), publicEndpoint });
      const { digest } = await store.put(Buffer.from('abc'));
      const url = await store.presignGet(digest, { expiresInSeconds: 60 });
      expect(new URL(url).origin).toBe(publicEndpoint);
      expect(await (await fetch(url)).text()).toBe('abc');
    });

    it.each([0, -1, 1.5, 604_801])('cannot live for %d s', async (expiresInSeconds) => {
      const store = await openS3BlobStore(optionsFor(newBucket()));
      await expect(store.presignGet(digestOf(Buffer.from('')), { expiresInSeconds })).rejects.toMatchObject({
        code: 'BLOB_RANGE_INVALID',
      });
    });
  });

  it('says that it refuses, not that it is unreachable, where the key is wrong', async () => {
    const options = { ...optionsFor(newBucket()), secretKey: 'another-secret' };
    await expect(openS3BlobStore(options)).rejects.toMatchObject({
      code: 'BLOB_STORE_REFUSED',
      message: expect.stringContaining('check access key, secret key') as string,
    });
  });

  it('says so where the bucket is taken away', async () => {
    const bucket = newBucket();
    const store = await openS3BlobStore(optionsFor(bucket));
    await plain.removeBucket(bucket);
    await expect(store.put(Buffer.from('abc'))).rejects.toMatchObject({
      code: 'BLOB_STORE_REFUSED',
      details: { cause: 'NoSuchBucket' },
    });
  });

  describe('across a network with accidents', () => {
    let proxy: FaultyProxy;
    let bucket: string;
    beforeEach(async () => {
      proxy = await startFaultyProxy(minio.endpoint);
      bucket = newBucket();
    });
    afterEach(() => proxy.stop());

    const open = (options: Partial<S3BlobStoreOptions> = {}) =>
      openS3BlobStore({ ...optionsFor(bucket), endpoint: proxy.endpoint, ...options });
    const bytes = patternedBytes(3 * minPartBytes + 5, 'across');
    const digest = digestOf(bytes);

    /** Lets an accident happen to the first `times` requests that match. */
    function accidents(
      times: number,
      matches: RegExp,
      fault: ReturnType<FaultyProxy['fault']>,
    ): () => number {
      let happened = 0;
      proxy.fault = ({ method, url }) =>
        happened < times && matches.test(`${method} ${url}`) && (happened += 1) ? fault : undefined;
      return () => happened;
    }

    const parts = /^PUT .*partNumber=2/;
    const beginning = /^POST .*uploads/;
    const completion = /^POST .*uploadId/;
    it.each([
      ['is busy', parts, { status: 503 }],
      ['is busy', beginning, { status: 503 }],
      ['is busy', completion, { status: 503 }],
      ['is busy', /^HEAD/, { status: 429 }],
      ['breaks', parts, { status: 500 }],
      ['breaks', completion, { status: 502 }],
      ['gets other bytes', parts, { corruptUpload: true }],
      ['does it and cannot say so', parts, { loseAnswer: true }],
      ['does it and cannot say so', completion, { loseAnswer: true }],
    ] as const)('asks again where the store %s (%s, %j)', async (_, request, fault) => {
      const store = await open();
      const happened = accidents(2, request, fault);
      expect(await store.put(piecesOf(bytes, [1000]))).toEqual({ digest, sizeBytes: bytes.length });
      expect(happened()).toBe(2);
      expect(Buffer.from(await readBlob(store, digest)).equals(bytes)).toBe(true);
      expect(await unfinished(bucket, keyOf(digest))).toEqual([]);
    });

    it('goes on where the answer to the beginning of an upload is lost; that upload is left to the bucket', async () => {
      const store = await open();
      const happened = accidents(2, beginning, { loseAnswer: true });
      await store.put(bytes);
      expect(happened()).toBe(2);
      expect(Buffer.from(await readBlob(store, digest)).equals(bytes)).toBe(true);
      // Nobody knows the names of these; a lifecycle rule removes them.
      expect(await unfinished(bucket, keyOf(digest))).toHaveLength(2);
    });

    it.each([{ status: 503 }, { loseAnswer: true }, { corruptUpload: true }] as const)(
      'asks again for content of one part (%j)',
      async (fault) => {
        const store = await open();
        const happened = accidents(2, /^PUT .*sha256/, fault);
        const { digest: small } = await store.put(Buffer.from('small'));
        expect(happened()).toBe(2);
        expect(Buffer.from(await readBlob(store, small)).toString()).toBe('small');
      },
    );

    it('goes on with a read where it was cut, and checks the whole', async () => {
      const store = await open();
      await store.put(bytes);
      const happened = accidents(4, /^GET .*sha256/, { cutAfterBytes: 3_000_000 });
      expect(Buffer.from(await readBlob(store, digest)).equals(bytes)).toBe(true);
      // Each cut came after progress, so more of them than attempts are borne.
      expect(happened()).toBe(4);
      accidents(1, /^GET .*sha256/, { cutAfterBytes: 1000 });
      const range = { start: 10, end: 5000 };
      expect(Buffer.from(await readBlob(store, digest, range)).equals(bytes.subarray(10, 5000))).toBe(true);
    });

    it('ends an upload that fails for good', async () => {
      const store = await open();
      const happened = accidents(Infinity, /^PUT .*partNumber=3/, { status: 503 });
      await expect(store.put(bytes)).rejects.toMatchObject({ code: 'BLOB_STORE_UNREACHABLE' });
      expect(happened()).toBe(quick.attempts);
      expect(await unfinished(bucket, keyOf(digest))).toEqual([]);
      expect(await store.has(digest)).toBe(false);
    });

    it('sends nothing of content that is not what was announced', async () => {
      const store = await open();
      const before = proxy.requests.length;
      const expected = { digest: digestOf(Buffer.from('another')) };
      await expect(store.put(piecesOf(bytes, []), { expected })).rejects.toMatchObject({
        code: 'BLOB_DIGEST_MISMATCH',
      });
      expect(proxy.requests.slice(before)).toEqual([]);
    });

    it('does not send again what is there', async () => {
      const store = await open();
      await store.put(bytes);
      const before = proxy.requests.length;
      await store.put(bytes);
      const key = `/${bucket}/${keyOf(digest)}`;
      expect(proxy.requests.slice(before)).toEqual([`HEAD ${key}`, `PUT ${key}`]);
    });

    it('gives up on a store that keeps silent', async () => {
      const store = await open({ idleTimeoutMs: 100 });
      accidents(Infinity, /./, { silent: true });
      await expect(store.has(digest)).rejects.toMatchObject({
        code: 'BLOB_STORE_UNREACHABLE',
        message: `The store at ${proxy.endpoint}, bucket ${bucket} does not answer (no answer for 100 ms); check its address and that it runs.`,
      });
    });

    it('says where the store has no space', async () => {
      const store = await open();
      accidents(1, /^PUT/, { status: 507 });
      await expect(store.put(Buffer.from('abc'))).rejects.toMatchObject({ code: 'BLOB_STORE_FULL' });
    });

    it('repeats nothing that was refused', async () => {
      const store = await open();
      const happened = accidents(Infinity, /^HEAD/, { status: 403 });
      await expect(store.has(digest)).rejects.toMatchObject({ code: 'BLOB_STORE_REFUSED' });
      expect(happened()).toBe(1);
    });

    it('writes nothing to the console', async () => {
      const said: unknown[] = [];
      const { warn } = console;
      console.warn = (...text: unknown[]) => said.push(text);
      onTestFinished(() => void (console.warn = warn));
      const store = await open();
      accidents(1, /^HEAD/, { status: 503 });
      expect(await store.has(digest)).toBe(false);
      expect(said).toEqual([]);
    });
  });
});

describe('a store that is not there', () => {
  it('is unreachable, in a sentence', async () => {
    const endpoint = 'http://127.0.0.1:9';
    await expect(
      openS3BlobStore({ endpoint, bucket: 'blobs', accessKey: 'a', secretKey: 'b', retry: quick }),
    ).rejects.toMatchObject({
      code: 'BLOB_STORE_UNREACHABLE',
      message: `The store at ${endpoint}, bucket blobs does not answer (ECONNREFUSED); check its address and that it runs.`,
    });
  });
});
