import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import {
  type Authenticator,
  createLogger,
  createMetrics,
  localIdentity,
  openSignedUrls,
  type Role,
  type Service,
  startService,
} from '@moda/service-kit';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../runs/run-event.js';
import type { RunRecord } from '../runs/run-record.js';
import { runFiles } from '../worker/run-files.js';
import { addFileRoutes, filePaths } from './file-routes.js';
import { openFilesOfRuns } from './files-of-runs.js';

const weights = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));
const digest = `sha256:${'ab'.repeat(32)}`;
const now = { value: new Date('2026-03-01T12:00:00Z') };

/** What the archive has of run `a`. */
const archived = new Map<string, Buffer>();
let home: string;
let service: Service;
let addresses: Awaited<ReturnType<typeof open>>;

/** Says who asks by the header: `Bearer viewer`. */
const access: Authenticator = {
  open: false,
  async identify(authorization) {
    if (authorization === undefined)
      throw new ModaError('UNAUTHENTICATED', 'Nobody says who asks; send a token.');
    return { ...localIdentity, role: authorization.slice('Bearer '.length) as Role };
  },
};

const artifacts = [
  { name: 'model/weights.safetensors', digest, sizeBytes: weights.length },
  { name: 'model/shorter.bin', digest, sizeBytes: 5 },
  { name: 'model/gone.bin', digest, sizeBytes: 5 },
  { name: 'model/archived.bin', digest, sizeBytes: weights.length },
  // What no worker of ours announces.
  { name: '../b/secret.txt', digest, sizeBytes: 6 },
  { name: 'model/../../b/secret.txt', digest, sizeBytes: 6 },
  { name: '/etc/hostname', digest, sizeBytes: 6 },
];

async function open() {
  const events = artifacts.map((artifact, i) => ({
    runId: 'a',
    sequence: i + 1,
    at: now.value,
    body: { kind: 'artifact', ...artifact },
  })) as RunEvent[];
  const store = {
    run: async (id: string) => (['a', 'b'].includes(id) ? ({ id } as RunRecord) : undefined),
    events: async (id: string) => (id === 'a' ? events : []),
  };
  const filesOf = (id: string) => runFiles(join(home, 'runs', id));
  const archive = {
    file: async (id: string, name: string) => {
      const bytes = id === 'a' ? archived.get(name) : undefined;
      const changedAt = now.value;
      return bytes && { name, sizeBytes: bytes.length, digest, changedAt };
    },
    async *read(_id: string, name: string, range: { start?: number; end?: number } = {}) {
      yield archived.get(name)!.subarray(range.start, range.end);
    },
  };
  const clock = () => now.value;
  const urls = await openSignedUrls({
    secret: Buffer.alloc(32, 7),
    publicUrl: () => service.url,
    clock,
  });
  const logger = createLogger({ service: 'test', level: 'silent' });
  service = await startService({
    host: '127.0.0.1',
    port: 0,
    logger,
    access,
    metrics: createMetrics('test'),
    title: 'test',
    schema: buildSchema('type Query { nothing: Int }'),
    checkReady: async () => {},
    routes: { paths: filePaths, add: (app) => addFileRoutes(app, { store, filesOf, archive, urls, logger }) },
  });
  return openFilesOfRuns({ store, filesOf, archive, urls, clock });
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-files-'));
  await mkdir(join(home, 'runs', 'a', 'model'), { recursive: true });
  await mkdir(join(home, 'runs', 'b'), { recursive: true });
  await writeFile(join(home, 'runs', 'a', 'model', 'weights.safetensors'), weights);
  await writeFile(join(home, 'runs', 'a', 'model', 'shorter.bin'), 'abc');
  await writeFile(join(home, 'runs', 'a', 'model', 'unannounced.bin'), 'abc');
  await writeFile(join(home, 'runs', 'a', 'spec.json'), '{}');
  await writeFile(join(home, 'runs', 'a', 'worker.log'), 'It begins.\nGrüße\n');
  await writeFile(join(home, 'runs', 'b', 'secret.txt'), 'secret');
  addresses = await open();
});
afterAll(async () => {
  await service.stop();
  await rm(home, { recursive: true, force: true });
});

const asViewer = { authorization: 'Bearer viewer' };
const get = (path: string, headers: Record<string, string> = asViewer, method = 'GET') =>
  fetch(`${service.url}${path}`, { headers, method });
const weightsPath = '/runs/a/files/model/weights.safetensors';
const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

/** The path as it is, which `fetch` would tidy up. */
function getRaw(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.url);
    const asked = request({ hostname, port, path, headers: asViewer }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

describe('a file of a run', () => {
  it('is read whole, to be saved under its name', async () => {
    const response = await get(weightsPath);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=31536000, immutable, no-transform',
      'content-disposition': 'attachment; filename="weights.safetensors"',
      'content-length': '1000',
      'content-type': 'application/octet-stream',
      etag: `"${digest}"`,
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(Buffer.from(await response.arrayBuffer()).equals(weights)).toBe(true);
  });

  it('tells its size alone, and is not sent to who has it', async () => {
    const head = await get(weightsPath, asViewer, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '1000']);
    expect((await get(weightsPath, { ...asViewer, 'if-none-match': `"${digest}"` })).status).toBe(304);
  });

  it('is read in any part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(999), fc.nat(1200), async (start, length) => {
        const last = start + length;
        const response = await get(weightsPath, { ...asViewer, range: `bytes=${start}-${last}` });
        expect(response.status).toBe(206);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.equals(weights.subarray(start, last + 1))).toBe(true);
      }),
      { numRuns: 20 },
    );
    const behind = await get(weightsPath, { ...asViewer, range: 'bytes=1000-' });
    expect([behind.status, await codeOf(behind)]).toEqual([416, 'BLOB_RANGE_INVALID']);
  });

  it('is read from the archive where its folder has lost it', async () => {
    const path = '/runs/a/files/model/archived.bin';
    expect((await get(path)).status).toBe(410);
    archived.set('model/archived.bin', weights);
    const whole = await get(path);
    expect([whole.status, whole.headers.get('etag')]).toEqual([200, `"${digest}"`]);
    expect(Buffer.from(await whole.arrayBuffer()).equals(weights)).toBe(true);
    const part = await get(path, { ...asViewer, range: 'bytes=10-19' });
    expect(Buffer.from(await part.arrayBuffer()).equals(weights.subarray(10, 20))).toBe(true);
    archived.set('model/archived.bin', Buffer.from('not as it was announced'));
    expect((await get(path)).status).toBe(410);
  });

  it.each(['shorter.bin', 'gone.bin'])('that is not as it was announced is gone: %s', async (name) => {
    const response = await get(`/runs/a/files/model/${name}`);
    expect(response.headers.get('etag')).toBeNull();
    expect([response.status, await codeOf(response)]).toEqual([410, 'ARTIFACT_MISSING']);
  });

  it.each([
    '/runs/none/files/model/weights.safetensors',
    '/runs/none/log',
    '/runs/..%2Fa/files/model/weights.safetensors',
  ])('of no run is not there: %s', async (path) => {
    const response = await get(path);
    expect([response.status, await codeOf(response)]).toEqual([404, 'RUN_UNKNOWN']);
  });
});

describe('a path that is no file of the run', () => {
  it.each([
    '/runs/a/files/spec.json',
    '/runs/a/files/model/unannounced.bin',
    '/runs/a/files/model',
    '/runs/a/files/model/',
    '/runs/a/files/../b/secret.txt',
    '/runs/a/files/..%2Fb%2Fsecret.txt',
    '/runs/a/files/%2e%2e/b/secret.txt',
    '/runs/a/files/model/../../b/secret.txt',
    '/runs/a/files/model/..%2F..%2Fb/secret.txt',
    '/runs/a/files//etc/hostname',
    '/runs/a/files/%2Fetc%2Fhostname',
    '/runs/a/files/model%5C..%5Cspec.json',
    '/runs/a/files/model/weights.safetensors%00',
    '/runs/a/files/model/weights.safetensors/',
    '/runs/b/files/secret.txt',
  ])('gives nothing away: %s', async (path) => {
    const { status, body } = await getRaw(path);
    expect([404, 400]).toContain(status);
    expect(body).not.toContain('secret"');
    expect(JSON.parse(body)).toMatchObject({ error: { code: expect.any(String) as string } });
  });

  it('whatever is written there', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '',
      '%2e%2e',
      '%2F',
      '%00',
      '\\',
      'b',
      'secret.txt',
      'model',
      '~',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        const { status } = await getRaw(`/runs/a/files/${parts.join('/').replaceAll('\\', '%5C')}`);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

describe('who may read', () => {
  it.each([
    ['nobody', {}, 401, 'UNAUTHENTICATED'],
    ['somebody without a role', { authorization: 'Bearer none' }, 403, 'FORBIDDEN'],
  ])('is not %s', async (_who, headers, status, code) => {
    for (const path of [weightsPath, '/runs/a/log', '/runs/none/log']) {
      const response = await get(path, headers as Record<string, string>);
      expect([response.status, await codeOf(response)]).toEqual([status, code]);
    }
  });

  it('is whoever has an address that was given out, for an hour, and pages of other sites too', async () => {
    const [file] = (await addresses.artifacts('a')).filter(({ name }) =>
      name.endsWith('weights.safetensors'),
    );
    const response = await fetch(file!.url);
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await response.arrayBuffer()).byteLength).toBe(1000);
    expect((await fetch(addresses.logUrl('a'))).status).toBe(200);

    const other = await fetch(file!.url.replace('weights', 'shorter'));
    expect([other.status, await codeOf(other)]).toEqual([403, 'URL_SIGNATURE_WRONG']);
    const log = await fetch(addresses.logUrl('a').replace('/a/', '/b/'));
    expect([log.status, await codeOf(log)]).toEqual([403, 'URL_SIGNATURE_WRONG']);
    now.value = new Date('2026-03-01T13:00:01Z');
    const late = await fetch(file!.url);
    expect([late.status, await codeOf(late)]).toEqual([403, 'URL_EXPIRED']);
    now.value = new Date('2026-03-01T12:00:00Z');
  });
});

describe('the log of a worker', () => {
  it('is plain text, and grows', async () => {
    const whole = await get('/runs/a/log');
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store, no-transform',
    });
    expect(whole.headers.get('etag')).toBeNull();
    const text = await whole.text();
    expect(text).toBe('It begins.\nGrüße\n');
    const read = Buffer.byteLength(text);
    expect((await get('/runs/a/log', { ...asViewer, range: `bytes=${read}-` })).status).toBe(416);
    await writeFile(join(home, 'runs', 'a', 'worker.log'), `${text}It ends.\n`);
    const more = await get('/runs/a/log', { ...asViewer, range: `bytes=${read}-` });
    expect([more.status, await more.text()]).toEqual([206, 'It ends.\n']);
  });

  it('is read from the archive where its folder is gone', async () => {
    const log = join(home, 'runs', 'a', 'worker.log');
    const text = await readFile(log);
    await rm(log);
    archived.set('worker.log', Buffer.from('It was archived.\n'));
    expect(await (await get('/runs/a/log')).text()).toBe('It was archived.\n');
    const part = await get('/runs/a/log', { ...asViewer, range: 'bytes=7-' });
    expect([part.status, await part.text()]).toEqual([206, 'archived.\n']);
    await writeFile(log, text);
  });

  it('is empty before there is one', async () => {
    const response = await get('/runs/b/log');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});
