import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadFile } from './download-file.js';
import type { DownloadOptions, DownloadSource } from './download-source.js';

const bytes = randomBytes(17 * 2 ** 20 + 12_345);
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const quick = { firstDelayMs: 1, attempts: 4 } satisfies DownloadOptions;

type Answer = (request: IncomingMessage, response: ServerResponse, count: number) => void;

let folder: string;
let server: Server;
let answer: Answer;
let requests: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-download-'));
  requests = [];
  answer = honest;
  server = createServer((request, response) => {
    requests.push(request.headers.range ?? 'whole');
    answer(request, response, requests.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const place = (): string => join(folder, 'weights.safetensors');
const address = (path = '/file'): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
const source = (changes: Partial<DownloadSource> = {}): DownloadSource => ({
  url: address(),
  sizeBytes: bytes.length,
  digest,
  identity: digest,
  supportsRanges: true,
  ...changes,
});
const download = (changes?: Partial<DownloadSource>, options?: DownloadOptions) =>
  downloadFile(source(changes), place(), { ...quick, ...options });

function rangeOf(request: IncomingMessage): readonly [number, number] | undefined {
  const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  return start === undefined ? undefined : [Number(start), Number(last) + 1];
}

/** What an honest server does. */
function serve(request: IncomingMessage, response: ServerResponse, content: Uint8Array = bytes): void {
  const [start, end] = rangeOf(request) ?? [0, bytes.length];
  const headers = { 'content-length': end - start };
  if (request.headers.range === undefined) response.writeHead(200, headers);
  else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` });
  response.end(content.subarray(start, end));
}

const honest: Answer = (request, response) => serve(request, response);

/** Sends a part of the answer and cuts the connection. */
function cutAfter(count: number): Answer {
  return (request, response) => {
    const [start, end] = rangeOf(request) ?? [0, bytes.length];
    const headers = {
      'content-length': end - start,
      'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
    };
    response.writeHead(request.headers.range === undefined ? 200 : 206, headers);
    response.write(bytes.subarray(start, Math.min(end, start + count)), () => response.destroy());
  };
}

async function downloaded(): Promise<boolean> {
  return (await readFile(place())).equals(bytes);
}

describe('a download', () => {
  it('comes in ranges over several connections, and leaves the file alone', async () => {
    const result = await download();
    expect(result).toEqual({ digest, sizeBytes: bytes.length, transferredBytes: bytes.length });
    expect(await downloaded()).toBe(true);
    expect(await readdir(folder)).toEqual(['weights.safetensors']);
    expect(requests.length).toBeGreaterThan(2);
    expect(new Set(requests).size).toBe(requests.length);
  });

  it('tells how many bytes are in place', async () => {
    let inPlace = 0;
    const seen: number[] = [];
    await download({}, { onBytes: (count) => seen.push((inPlace += count)) });
    expect(inPlace).toBe(bytes.length);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('of a small file, and of an empty one, is one request or none', async () => {
    const small = source({ sizeBytes: 0, digest: `sha256:${createHash('sha256').digest('hex')}` });
    expect((await downloadFile(small, place())).transferredBytes).toBe(0);
    expect((await stat(place())).size).toBe(0);
    expect(requests).toEqual([]);
  });

  it('of bytes that are made while they are sent is one request for all of them', async () => {
    const result = await download({ digest: undefined, identity: 'sha256:derivation' });
    expect(result.digest).toBe(digest);
    expect(requests).toEqual(['whole']);
  });
});

describe('a connection that is cut', () => {
  it('goes on at the byte, not at the beginning', async () => {
    let cuts = 0;
    answer = (request, response) => (cuts++ < 6 ? cutAfter(1_000_003) : honest)(request, response, 0);
    const { transferredBytes } = await download();
    expect(transferredBytes).toBe(bytes.length);
    expect(cuts).toBeGreaterThan(6);
    expect(await downloaded()).toBe(true);
  });

  it('goes on at the byte where the bytes are made while they are sent, too', async () => {
    answer = (request, response, count) => (count === 1 ? cutAfter(3_000_000) : honest)(request, response, 0);
    const { transferredBytes } = await download({ digest: undefined });
    expect(transferredBytes).toBe(bytes.length);
    expect(requests).toEqual(['whole', `bytes=3000000-${bytes.length - 1}`]);
  });

  it('begins again where the server has no ranges', async () => {
    answer = (request, response, count) => (count === 1 ? cutAfter(3_000_000) : honest)(request, response, 0);
    let inPlace = 0;
    await download({ supportsRanges: false }, { onBytes: (count) => (inPlace += count) });
    expect(requests).toEqual(['whole', 'whole']);
    expect(inPlace).toBe(bytes.length);
    expect(await downloaded()).toBe(true);
  });

  it('without a single byte is tried only so often, and what came is kept for the next attempt', async () => {
    let allowed = 12_000_000;
    answer = (request, response) => {
      const count = Math.min(allowed, 2_000_000);
      allowed -= count;
      cutAfter(count)(request, response, 0);
    };
    await expect(download()).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message:
        'Cannot download weights.safetensors: the connection was cut; run the same command again to go on.',
    });
    expect(await readdir(folder)).toEqual(['weights.safetensors.part', 'weights.safetensors.part.jsonl']);

    answer = honest;
    const { transferredBytes } = await download();
    // Less than all that was sent, since the first failure ends the other connections.
    expect(transferredBytes).toBeLessThan(bytes.length - 6_000_000);
    expect(await downloaded()).toBe(true);
    expect(await readdir(folder)).toEqual(['weights.safetensors']);
  });

  it('of a server that is silent is given up and tried again', async () => {
    answer = (request, response, count) => {
      if (count > 1) serve(request, response);
    };
    await download({ digest: undefined }, { idleTimeoutMs: 100 });
    expect(await downloaded()).toBe(true);
  });

  it('of a server that is gone is one sentence', async () => {
    const gone = source();
    server.close();
    server.closeAllConnections();
    await expect(downloadFile(gone, place(), quick)).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('nothing answers at the address') as unknown,
    });
  });
});

describe('what an earlier attempt left', () => {
  async function interrupted(): Promise<void> {
    const stop = new AbortController();
    const half = download({}, { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(half).rejects.toMatchObject({ code: 'INTERRUPTED' });
  }

  it('is used after an interruption', async () => {
    await interrupted();
    const { transferredBytes } = await download();
    expect(transferredBytes).toBeLessThan(bytes.length);
    expect(await downloaded()).toBe(true);
  });

  it('is not used for another file, or when it was made longer', async () => {
    await interrupted();
    expect((await download({ identity: 'sha256:another' })).transferredBytes).toBe(bytes.length);
    await rm(place());
    await interrupted();
    await writeFile(`${place()}.part`, 'x', { flag: 'a' });
    expect((await download()).transferredBytes).toBe(bytes.length);
  });

  it('and was damaged meanwhile is found out, and fetched again', async () => {
    await interrupted();
    const part = await readFile(`${place()}.part`);
    await writeFile(
      `${place()}.part`,
      part.map((byte) => byte ^ 1),
    );
    let inPlace = 0;
    const { transferredBytes } = await download({}, { onBytes: (count) => (inPlace += count) });
    expect(transferredBytes).toBeGreaterThan(bytes.length);
    expect(inPlace).toBe(bytes.length);
    expect(await downloaded()).toBe(true);
  });

  it('with a torn last line in its journal is used up to that line', async () => {
    await interrupted();
    await writeFile(`${place()}.part.jsonl`, '[123', { flag: 'a' });
    expect((await download()).transferredBytes).toBeLessThan(bytes.length);
    expect(await downloaded()).toBe(true);
  });
});

describe('a hostile or broken server', () => {
  it.each<readonly [string, string, RegExp, Answer]>([
    [
      'sends other bytes',
      'DOWNLOAD_DAMAGED',
      /its digest is sha256:/,
      (request, response) =>
        serve(
          request,
          response,
          bytes.map((byte) => byte ^ 255),
        ),
    ],
    [
      'announces another size',
      'DOWNLOAD_DAMAGED',
      /it has 7 bytes, not/,
      (_request, response) => response.writeHead(206, { 'content-range': 'bytes 0-6/7' }).end('seven!!'),
    ],
    [
      'sends more than it was asked for',
      'DOWNLOAD_DAMAGED',
      /more than was announced/,
      (request, response) => {
        const [start, end] = rangeOf(request) ?? [0, bytes.length];
        response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` });
        response.write(bytes.subarray(start, end));
        response.end('and more');
      },
    ],
    [
      'sends another part',
      'DOWNLOAD_FAILED',
      /another part/,
      (_request, response) =>
        response.writeHead(206, { 'content-range': `bytes 1-2/${bytes.length}` }).end('ab'),
    ],
    [
      'sends all where a part was asked for',
      'DOWNLOAD_FAILED',
      /no part of it/,
      (_request, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes),
    ],
    [
      'leads elsewhere',
      'DOWNLOAD_FAILED',
      /another address, which is not followed/,
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    [
      'packs what it sends',
      'DOWNLOAD_FAILED',
      /sends it as gzip/,
      (request, response) => {
        response.setHeader('content-encoding', 'gzip');
        serve(request, response);
      },
    ],
    [
      'has it no more',
      'DOWNLOAD_FAILED',
      /not there any more/,
      (_request, response) => response.writeHead(404).end(),
    ],
    [
      'is always busy',
      'DOWNLOAD_FAILED',
      /status 503/,
      (_request, response) => response.writeHead(503).end(),
    ],
    ['speaks something else', 'DOWNLOAD_FAILED', /no HTTP/, (request) => request.socket.end('HELLO\r\n\r\n')],
  ])('that %s leaves nothing under the name: %s', async (_what, code, reason, behaviour) => {
    answer = behaviour;
    await expect(download()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(reason) as unknown,
    });
    const left = (await readdir(folder)).filter(
      (name) => code === 'DOWNLOAD_DAMAGED' || !name.includes('.part'),
    );
    expect(left).toEqual([]);
  });

  it('cannot have another kind of address', async () => {
    await expect(download({ url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  });
});

describe('an address that has expired', () => {
  it('is renewed, once for all ranges', async () => {
    answer = (request, response) =>
      request.url === '/file' ? response.writeHead(403).end() : serve(request, response);
    let renewals = 0;
    await download({
      renew: async () => {
        renewals += 1;
        return address('/renewed');
      },
    });
    expect(renewals).toBe(1);
    expect(await downloaded()).toBe(true);
  });

  it('that cannot be renewed is one sentence', async () => {
    answer = (_request, response) => response.writeHead(403).end();
    await expect(download()).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      message: expect.stringContaining('its address has expired or is not accepted') as unknown,
    });
  });
});

describe('a place that cannot be written to', () => {
  it('is one sentence', async () => {
    const path = join(folder, 'absent', 'file');
    await expect(downloadFile(source(), path)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_WRITABLE',
      message: `Cannot write ${path}: it does not exist.`,
    });
  });

  it('for want of space is not begun', async () => {
    await expect(download({ sizeBytes: 2 ** 52 })).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/has 4503599627370496 bytes, but in .* only \d+ are free/) as unknown,
    });
    expect(await readdir(folder)).toEqual([]);
    expect(requests).toEqual([]);
  });
});
