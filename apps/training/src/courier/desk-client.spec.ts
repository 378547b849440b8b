import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeskClient, DeskRefusal } from './desk-client.js';
import { forGood, ServiceAway } from './for-good.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let handle: Handler;
let client: DeskClient;
const { signal } = new AbortController();

beforeEach(async () => {
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new DeskClient({ serviceUrl, runId: 'run', token: 'token' });
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const answer =
  (status: number, body: unknown): Handler =>
  (request, response) => {
    request.resume();
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const problem = (code: string) => ({ error: { code, message: 'A sentence.' } });
const beat = (): Promise<unknown> => client.news({ token: 't', kind: 'beat' }, signal);

describe('what a service says', () => {
  it.each([
    [404, problem('RUN_UNKNOWN')],
    [409, problem('POD_REPLACED')],
    [413, problem('REQUEST_TOO_LARGE')],
  ])('counts as its last word: %s', async (status, body) => {
    handle = answer(status, body);
    await expect(beat()).rejects.toBeInstanceOf(DeskRefusal);
  });

  it.each([
    ['an outage', 503, problem('DATABASE_UNREACHABLE')],
    ['an ingress that knows no service', 502, '<html>Bad gateway</html>'],
    ['an ingress that knows no path yet', 404, 'default backend'],
    ['a service of an older version', 404, problem('ROUTE_UNKNOWN')],
    ['bytes that arrived damaged', 422, problem('BLOB_DIGEST_MISMATCH')],
    ['another program', 200, 'hello'],
  ])('is asked again: %s', async (_name, status, body) => {
    handle = answer(status, body);
    await expect(beat()).rejects.toBeInstanceOf(ServiceAway);
  });

  it('is asked again where it breaks off', async () => {
    handle = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      request.socket.destroy();
    };
    await expect(beat()).rejects.toBeInstanceOf(ServiceAway);
  });
});

it('a question that is given up ends at once, with the reason', async () => {
  const asking = new AbortController();
  handle = () => asking.abort(new Error('enough'));
  await expect(client.news({ token: 't', kind: 'beat' }, asking.signal)).rejects.toThrow('enough');
});

it('a file whose way was cut is sent again from its beginning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'moda-desk-client-'));
  const bytes = Buffer.alloc(3_000_000, 'weights ');
  await writeFile(join(folder, 'file'), bytes);
  const file = await open(join(folder, 'file'));
  let tries = 0;
  let arrived: Buffer | undefined;
  handle = (request, response) => {
    tries += 1;
    if (tries < 3) request.once('data', () => request.socket.destroy());
    else
      void buffer(request).then((whole) => {
        arrived = whole;
        response.writeHead(204).end();
      });
  };
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const sent = { digest, sizeBytes: bytes.length };
  await forGood(() => client.put('t', 'model/weights.safetensors', file, sent, signal), {
    signal,
    onAway: () => undefined,
  });
  expect(tries).toBe(3);
  expect(arrived?.equals(bytes)).toBe(true);
  await file.close();
  await rm(folder, { recursive: true });
});
