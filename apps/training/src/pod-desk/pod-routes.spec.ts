import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRunTask, type RunTask } from '@moda/contracts';
import { createLogger, createMetrics, type Service, startService } from '@moda/service-kit';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunArchive } from '../archive/run-archive.js';
import type { RunRecord } from '../runs/run-record.js';
import { sampleSpec } from '../runs/testing/index.js';
import { podLimits } from './pod-limits.js';
import { addPodRoutes, podPaths } from './pod-routes.js';
import { openPodTokens, type PodTokens } from './pod-tokens.js';
import { MemoryArchive } from './testing/memory-archive.js';
import { SpecEars } from './testing/spec-ears.js';

let folder: string;
let tokens: PodTokens;
let service: Service;
let ears: SpecEars;
let archive: MemoryArchive;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-pod-desk-'));
  tokens = await openPodTokens(join(folder, 'secret'));
  const logger = createLogger({ service: 'test', level: 'silent' });
  service = await startService({
    host: '127.0.0.1',
    port: 0,
    title: 'test',
    schema: buildSchema('type Query { nothing: Int }'),
    logger,
    metrics: createMetrics('test'),
    checkReady: async () => {},
    routes: {
      paths: podPaths,
      add: (app) =>
        addPodRoutes(app, {
          // Each test has its own.
          ears: {
            begin: (...given) => ears.begin(...given),
            hear: (...given) => ears.hear(...given),
            journal: (...given) => ears.journal(...given),
          },
          archive: new Proxy({} as RunArchive, {
            get: (_none, name: keyof RunArchive) => {
              const method: unknown = archive[name];
              return typeof method === 'function' ? (method.bind(archive) as unknown) : method;
            },
          }),
          tokens,
          logger,
        }),
    },
  });
});
beforeEach(() => {
  ears = new SpecEars();
  archive = new MemoryArchive();
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

interface Sent {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

async function send(
  path: string,
  { method = 'GET', token = tokens.tokenFor('run'), headers, body }: Sent = {},
) {
  const response = await fetch(`${service.url}/pods/runs/run${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: body as string }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    text,
    json: (isJson ? JSON.parse(text) : undefined) as never,
    headers: response.headers,
  };
}

const say = (path: string, value: object, token?: string) =>
  send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
    ...(token !== undefined && { token }),
  });

const put = (name: string, text: string, headers: Record<string, string> = {}) =>
  send(`/files/${name}?token=t`, {
    method: 'PUT',
    body: text,
    headers: { 'x-digest': digestOf(text), ...headers },
  });

/** With a path as it is, which `fetch` would tidy up, and with headers that it would not send. */
function sendRaw(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.url);
    const authorization = `Bearer ${tokens.tokenFor('run')}`;
    const asked = request(
      { hostname, port, method, path, headers: { authorization, ...headers } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

function runOf(task: RunTask = { kind: 'train' }, parent?: RunRecord['parent']): RunRecord {
  return { id: 'run', spec: sampleSpec(), task, parent, traceId: 'f'.repeat(32) } as RunRecord;
}

const begun = (run: RunRecord) => ({ kind: 'begun', token: 't', offset: 70, attempt: 2, run }) as const;
const pod = { name: 'moda-run-run-x7k2p', uid: 'uid-1' };

describe('who comes without the token of the run', () => {
  it.each([
    ['none', ''],
    ['one of another run', 'other'],
  ])('gets nothing: %s', async (_name, whose) => {
    const token = whose === '' ? '' : tokens.tokenFor(whose);
    const answers = [
      await say('/begin', { pod }, token),
      await send('/files/model/module.json', { token }),
      await send('/journal?token=t&offset=0', { token, method: 'POST', body: '{}\n' }),
    ];
    for (const { status, json } of answers)
      expect([status, json]).toMatchObject([401, { error: { code: 'UNAUTHENTICATED' } }]);
    expect(ears.calls).toEqual([]);
  });
});

describe('a pod that begins', () => {
  it('gets what its run is and what earlier attempts have left', async () => {
    ears.begins = begun(runOf());
    await archive.put('run', 'model/checkpoint.safetensors', Buffer.from('weights'));
    await archive.append('run', 'worker.log', 0, Buffer.from('log'));
    const { status, json } = await say('/begin', { pod });
    expect([status, json]).toEqual([
      200,
      {
        token: 't',
        offset: 70,
        attempt: 2,
        spec: JSON.parse(JSON.stringify(sampleSpec())) as unknown,
        task: { kind: 'train' },
        traceId: 'f'.repeat(32),
        files: [
          { name: 'model/checkpoint.safetensors', sizeBytes: 7, digest: digestOf('weights') },
          { name: 'worker.log', sizeBytes: 3 },
        ],
        inputs: [],
      },
    ]);
    expect(ears.calls).toEqual([{ begin: 'run', pod }]);
  });

  it('is sent home where the run has ended', async () => {
    const { status, json } = await say('/begin', { pod });
    expect([status, json]).toMatchObject([
      410,
      { error: { code: 'POD_REFUSED', message: 'The run has ended.' } },
    ]);
  });

  it('has to say which one it is', async () => {
    for (const value of [{}, { pod: { name: '', uid: '1' } }, { pod: { name: 'x'.repeat(300), uid: '1' } }])
      expect((await say('/begin', value)).status).toBe(400);
    expect((await say('/begin', { pod, more: 'x'.repeat(podLimits.questionBytes) })).status).toBe(413);
    expect(ears.calls).toEqual([]);
  });

  it.each([
    [parseRunTask({ kind: 'compose', run: 'source', classes: ['1', '4'] }), undefined, ['source']],
    [
      parseRunTask({ kind: 'replace', weak: 'weak', strong: 'strong', class: '1' }),
      undefined,
      ['weak', 'strong'],
    ],
    [{ kind: 'train' } as const, { runId: 'parent', epoch: 3 }, ['parent']],
  ])('may read the files of the runs that it is made of, and of no other', async (task, parent, others) => {
    ears.begins = begun(runOf(task, parent));
    for (const other of [...others, 'stranger'])
      await archive.put(other, 'model/module.json', Buffer.from(other));
    const { json } = await say('/begin', { pod });
    const { inputs } = json as { inputs: { run: string; key: string }[] };
    expect(inputs.map(({ run }) => run)).toEqual(others);
    for (const { run, key } of inputs) {
      expect((await send(`/inputs/${run}/files/model/module.json?key=${key}`)).text).toBe(run);
      expect((await send(`/inputs/stranger/files/model/module.json?key=${key}`)).status).toBe(401);
      expect((await send(`/inputs/${run}/files/model/module.json`)).status).toBe(401);
    }
  });
});

describe('news of a pod', () => {
  it.each([
    ['heard', 'go'],
    ['stop', 'stop'],
    ['lost', 'lost'],
  ] as const)('that is %s: %s', async (heard, order) => {
    ears.hears = heard;
    expect((await say('/news', { token: 't', kind: 'started', device: 'a GPU' })).json).toEqual({ order });
    expect(ears.calls).toEqual([{ hear: 'run', token: 't', news: { kind: 'started', device: 'a GPU' } }]);
  });

  it('of another form are refused', async () => {
    expect((await say('/news', { token: 't', kind: 'dancing' })).status).toBe(400);
    expect((await say('/news', { kind: 'beat' })).status).toBe(400);
  });
});

describe('a journal', () => {
  const journal = (offset: number | string, body: string) =>
    send(`/journal?token=t&offset=${offset}`, { method: 'POST', body });

  it('is taken in whole lines, each at its place', async () => {
    expect((await journal(0, '{"a":1}\n')).json).toEqual({ kind: 'stored', offset: 8 });
    expect((await journal(0, '{"a":1}\n')).json).toEqual({ kind: 'elsewhere', offset: 8 });
    expect((await journal(8, '{"a":')).status).toBe(400);
    expect((await journal('x', '{"a":1}\n')).status).toBe(400);
    expect((await journal(8, '')).status).toBe(400);
    expect((await journal(8, `${'x'.repeat(podLimits.journalBytes)}\n`)).status).toBe(413);
    expect(ears.journalText).toBe('{"a":1}\n');
  });

  it('that ends makes the log whole', async () => {
    await archive.append('run', 'worker.log', 0, Buffer.from('log'));
    await journal(0, '{"kind":"log","level":"info","attempt":1,"line":1,"text":"Nearly."}\n');
    expect((await archive.file('run', 'worker.log'))?.digest).toBeUndefined();
    await journal(68, '{"kind":"end","outcome":"succeeded"}\n');
    expect((await archive.file('run', 'worker.log'))?.digest).toBe(digestOf('log'));
  });
});

describe('a log', () => {
  const log = (offset: number, body: string) =>
    send(`/log?token=t&offset=${offset}`, { method: 'PUT', body });

  it('grows; what is sent twice is there once', async () => {
    expect((await log(0, 'one ')).json).toEqual({ sizeBytes: 4 });
    expect((await log(0, 'one two ')).json).toEqual({ sizeBytes: 8 });
    expect((await log(100, 'hole')).json).toEqual({ sizeBytes: 8 });
  });

  it('ends where it would fill the store', async () => {
    const { status, json } = await log(podLimits.wholeLogBytes, 'x');
    expect([status, json]).toMatchObject([413, { error: { code: 'REQUEST_TOO_LARGE' } }]);
  });
});

describe('a file', () => {
  it('is stored whole, read again, and removed', async () => {
    expect((await put('model/weights.safetensors', 'weights')).status).toBe(204);
    const { text, headers } = await send('/files/model/weights.safetensors');
    expect([text, headers.get('x-digest')]).toEqual(['weights', digestOf('weights')]);
    expect((await send('/files/model/weights.safetensors?token=t', { method: 'DELETE' })).status).toBe(204);
    expect((await send('/files/model/weights.safetensors')).status).toBe(404);
  });

  it('of other bytes than were announced is not stored', async () => {
    const { status, json } = await put('result.json', 'one', { 'x-digest': digestOf('two') });
    expect([status, json]).toMatchObject([422, { error: { code: 'BLOB_DIGEST_MISMATCH' } }]);
    expect((await put('result.json', 'one', { 'x-digest': 'none' })).status).toBe(400);
    expect(await archive.files('run')).toEqual([]);
  });

  it('gets a second name without being sent again, as long as it is what it was', async () => {
    await put('model/checkpoint.safetensors', 'weights');
    const link = (digest: string) =>
      put('checkpoints/epoch-1.safetensors', '', {
        'x-same-as': 'model/checkpoint.safetensors',
        'x-digest': digest,
      });
    expect((await link(digestOf('other'))).status).toBe(404);
    expect((await link(digestOf('weights'))).status).toBe(204);
    expect((await send('/files/checkpoints/epoch-1.safetensors')).text).toBe('weights');
  });

  it.each([
    '../secret',
    'model/../../secret',
    'model/%2e%2e/%2e%2e/secret',
    '%2e%2e%2fsecret',
    'model%2f..%2f..%2fsecret',
    '/etc/passwd',
    'model/.hidden',
    'model/deep/er.json',
    'model/weights.safetensors.partial',
    'journal.ndjson',
    'worker.log',
    'spec.json',
    'model/%00',
    `model/${'x'.repeat(200)}`,
  ])('has a name of a run: none is %s', async (name) => {
    const headers = { 'x-digest': digestOf(''), 'content-length': '0' };
    for (const method of ['PUT', 'GET', 'DELETE'])
      expect(await sendRaw(method, `/pods/runs/run/files/${name}?token=t`, headers)).toBeGreaterThanOrEqual(
        400,
      );
    expect(await archive.files('run')).toEqual([]);
  });

  it('that is too large is refused before it is sent', async () => {
    const headers = { 'x-digest': digestOf(''), 'content-length': String(podLimits.fileBytes + 1) };
    expect(await sendRaw('PUT', '/pods/runs/run/files/model/w.bin?token=t', headers)).toBe(413);
  });

  it('is one of a number that has an end', async () => {
    for (let i = 0; i < podLimits.files; i += 1) await archive.put('run', `model/${i}.bin`, Buffer.from('x'));
    expect((await put('model/one-more.bin', 'x')).status).toBe(413);
    expect((await put('model/0.bin', 'y')).status).toBe(204);
  });

  it('of a pod that has lost its run is not stored, also where it lost it while it sent', async () => {
    ears.hears = 'lost';
    expect((await put('model/module.json', 'x')).json).toMatchObject({ error: { code: 'POD_REPLACED' } });
    expect((await send('/files/model/module.json?token=t', { method: 'DELETE' })).status).toBe(409);
    ears.hears = 'heard';
    const hear = ears.hear.bind(ears);
    let calls = 0;
    ears.hear = async (...given) => ((calls += 1) === 1 ? hear(...given) : 'lost');
    expect((await put('model/module.json', 'x')).status).toBe(409);
    expect(await archive.files('run')).toEqual([]);
  });
});
