import { request } from 'node:http';
import { createLogger, createMetrics, type Service, startService } from '@moda/service-kit';
import { digestOf } from '@moda/blob-store';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleModel } from '../publish/testing/sample-model.js';
import {
  announcementOf,
  bytesOf,
  openWorkbench,
  publish,
  type Workbench,
} from '../publish/testing/workbench.js';
import { addByteRoutes, bytePaths } from './byte-routes.js';

let bench: Workbench;
let service: Service;
const model = sampleModel();
const weights = model.files.get('weights.safetensors')!;
const weightsDigest = digestOf(weights);

beforeAll(async () => {
  bench = await openWorkbench();
  await publish(bench, model);
  const logger = createLogger({ service: 'test', level: 'silent' });
  service = await startService({
    host: '127.0.0.1',
    port: 0,
    logger,
    metrics: createMetrics('test'),
    title: 'test',
    schema: buildSchema('type Query { nothing: Int }'),
    checkReady: async () => {},
    routes: { paths: bytePaths, add: (app) => addByteRoutes(app, { ...bench, logger }) },
  });
});
afterAll(() => service.stop());

/** The signed address of a path, at the port of this test. */
function addressOf(path: string, expiresAt = new Date('2026-03-01T13:00:00Z')): string {
  const { pathname, search } = new URL(bench.urls.sign(path, expiresAt));
  return `${service.url}${pathname}${search}`;
}

const blob = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(addressOf(`/blobs/${weightsDigest}`), { method, headers });

describe('a stored blob', () => {
  it('is read whole', async () => {
    const response = await blob();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
      'cache-control': 'private, max-age=31536000, immutable, no-transform',
      'content-length': String(weights.length),
      'content-type': 'application/octet-stream',
      etag: `"${weightsDigest}"`,
    });
    expect(digestOf(await bytes(response))).toBe(weightsDigest);
  });

  it('tells its size alone', async () => {
    const response = await blob({}, 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(weights.length));
    expect((await bytes(response)).length).toBe(0);
  });

  it.each([
    ['bytes=8-15', 8, 16],
    ['bytes=1000-', 1000, weights.length],
    ['bytes=-3', weights.length - 3, weights.length],
  ])('is read in part by %s', async (range, start, end) => {
    const response = await blob({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${weights.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect(Buffer.compare(await bytes(response), weights.subarray(start, end))).toBe(0);
  });

  it('has no bytes behind its end', async () => {
    const response = await blob({ range: `bytes=${weights.length}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${weights.length}`);
    expect(await response.json()).toMatchObject({ error: { code: 'BLOB_RANGE_INVALID' } });
  });

  it('is not sent to who has it, and whole to who has something else', async () => {
    expect((await blob({ 'if-none-match': `"x", "${weightsDigest}"` })).status).toBe(304);
    const going = await blob({ range: 'bytes=0-9', 'if-range': `"${weightsDigest}"` });
    expect(going.status).toBe(206);
    const other = await blob({ range: 'bytes=0-9', 'if-range': '"other"' });
    expect(other.status).toBe(200);
    expect((await bytes(other)).length).toBe(weights.length);
  });

  it('that went away is told in words, without headers of bytes', async () => {
    const response = await fetch(addressOf(`/blobs/sha256:${'0'.repeat(64)}`));
    expect(response.status).toBe(404);
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.json()).toMatchObject({ error: { code: 'BLOB_NOT_FOUND' } });
  });
});

describe('an address', () => {
  it.each([
    ['without a signature', () => `${service.url}/blobs/${weightsDigest}`, 'URL_SIGNATURE_WRONG'],
    [
      'of another path',
      () => addressOf('/blobs/sha256:other').replace('sha256:other', weightsDigest),
      'URL_SIGNATURE_WRONG',
    ],
    [
      'with another time',
      () => addressOf(`/blobs/${weightsDigest}`).replace(/expires=\d+/, 'expires=9999999999'),
      'URL_SIGNATURE_WRONG',
    ],
    [
      'with two signatures',
      () => `${addressOf(`/blobs/${weightsDigest}`)}&signature=00`,
      'URL_SIGNATURE_WRONG',
    ],
    [
      'past its time',
      () => addressOf(`/blobs/${weightsDigest}`, new Date('2026-03-01T11:59:00Z')),
      'URL_EXPIRED',
    ],
    [
      'of a cut, without a signature',
      () => `${service.url}/derived/x/weights.safetensors`,
      'URL_SIGNATURE_WRONG',
    ],
  ])('%s opens nothing', async (_what, address, code) => {
    const response = await fetch(address());
    expect(response.status).toBe(403);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      error: {
        code,
        message: expect.any(String) as string,
        details: expect.any(Object) as object,
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      },
    });
  });

  it('may be written with percent signs', async () => {
    const response = await fetch(addressOf(`/blobs/${weightsDigest}`).replace('sha256:', 'sha256%3A'));
    expect(response.status).toBe(200);
    await bytes(response);
  });
});

describe('derived weights', () => {
  it('are cut while they are read, in any range, and are the same ever after', async () => {
    const [version] = await bench.catalogue.versionsByDigest(model.digest);
    const { id } = (await bench.composer.note(version!, [0, 2], 0.9)) as { id: string };
    const address = addressOf(`/derived/${id}/weights.safetensors`);
    const part = await fetch(address, { headers: { range: 'bytes=100-299' } });
    expect(part.status).toBe(206);
    const partBytes = await bytes(part);
    const whole = await fetch(address);
    expect(whole.headers.get('etag')).toBe(`"${id}"`);
    const wholeBytes = await bytes(whole);
    expect(wholeBytes.length).toBe(Number(whole.headers.get('content-length')));
    expect(Buffer.compare(partBytes, wholeBytes.subarray(100, 300))).toBe(0);
    const again = await fetch(address);
    expect(Buffer.compare(await bytes(again), wholeBytes)).toBe(0);
    const compose = await bench.composer.compose(version!, [0, 2], 0.9);
    const stored = (compose as unknown as { package: { files: { path: string; digest: string }[] } }).package
      .files;
    const { digest } = stored.find(({ path }) => path === 'weights.safetensors')!;
    expect(digestOf(wholeBytes)).toBe(digest);
    expect(Buffer.compare(await bytesOf(bench.blobs.get(digest)), wholeBytes)).toBe(0);
  });

  it('of nothing that was asked for are not there', async () => {
    const response = await fetch(addressOf(`/derived/sha256:${'1'.repeat(64)}/weights.safetensors`));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'COMPOSITION_UNKNOWN' } });
  });
});

describe('an upload', () => {
  const other = sampleModel({ seed: 9 });
  const content = other.files.get('weights.safetensors')!;
  const digest = digestOf(content);

  async function draft(version: string): Promise<string> {
    const announced = await bench.publishing.announce(
      announcementOf(bench, other, { owner: 'ada', model: 'other', version }),
    );
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    return announced.draft.id;
  }

  const put = (id: string, body: Uint8Array<ArrayBuffer> | ReadableStream) =>
    fetch(addressOf(`/uploads/${id}/${digest}`), { method: 'PUT', body, duplex: 'half' } as RequestInit);

  it('of other bytes leaves nothing', async () => {
    const id = await draft('1.0.0');
    const wrong = Buffer.from(content);
    wrong[wrong.length - 1]! ^= 1;
    const response = await put(id, wrong);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: { code: 'BLOB_DIGEST_MISMATCH' } });
    const short = await put(id, content.slice(1));
    expect(short.status).toBe(400);
    expect(await short.json()).toMatchObject({ error: { code: 'UPLOAD_UNEXPECTED' } });
    expect(await bench.blobs.has(digest)).toBe(false);
  });

  it('needs its size', async () => {
    const pieces = new ReadableStream({
      start(controller) {
        controller.enqueue(content.slice());
        controller.close();
      },
    });
    const response = await put(await draft('1.0.1'), pieces);
    expect(response.status).toBe(411);
    expect(await response.json()).toMatchObject({ error: { code: 'REQUEST_INVALID' } });
  });

  it('is stored under its digest', async () => {
    const response = await put(await draft('1.0.2'), content.slice());
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ digest, sizeBytes: content.length });
    expect(await bench.blobs.has(digest)).toBe(true);
  });

  it('to a draft that is gone is refused', async () => {
    const response = await put('gone', content.slice());
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'DRAFT_UNKNOWN' } });
  });

  it('that breaks off leaves nothing and breaks nothing', async () => {
    const fresh = sampleModel({ seed: 10 });
    const announced = await bench.publishing.announce(
      announcementOf(bench, fresh, { owner: 'ada', model: 'fresh', version: '1.0.0' }),
    );
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    const freshWeights = fresh.files.get('weights.safetensors')!;
    const path = `/uploads/${announced.draft.id}/${digestOf(freshWeights)}`;
    await breakOff(addressOf(path), freshWeights);
    expect((await blob({ range: 'bytes=0-9' })).status).toBe(206);
    expect(await bench.blobs.has(digestOf(freshWeights))).toBe(false);
  });
});

/** Announces all the bytes, sends half of them and hangs up. */
async function breakOff(address: string, content: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    const upload = request(address, { method: 'PUT', headers: { 'content-length': content.length } });
    upload.once('error', () => resolve());
    upload.once('close', () => resolve());
    upload.write(content.subarray(0, content.length / 2), () => upload.destroy());
  });
}

async function bytes(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
