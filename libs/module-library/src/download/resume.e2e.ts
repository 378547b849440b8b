import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createProxy, type Server as Proxy } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patternedBytes } from '../testing/patterned-bytes.js';
import { downloadFile } from './download-file.js';

const mebibyte = 2 ** 20;
const bytes = patternedBytes(256 * mebibyte, 'a large file');
const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

let folder: string;
let server: Server;
/** Of bodies, counted as they are handed to the system. */
let sentBytes = 0;
/** Milliseconds between two pieces. */
let pauseMs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-resume-'));
  server = createServer((request, response) => {
    const [, first = 0, last = bytes.length - 1] =
      /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')?.map(Number) ?? [];
    const range = `bytes ${first}-${last}/${bytes.length}`;
    response.writeHead(206, { 'content-length': last + 1 - first, 'content-range': range });
    void (async () => {
      for (let at = first; at <= last && !response.destroyed; at += mebibyte / 4) {
        const piece = bytes.subarray(at, Math.min(at + mebibyte / 4, last + 1));
        sentBytes += piece.length;
        if (!response.write(piece)) await roomIn(response);
        if (pauseMs > 0) await sleep(pauseMs);
      }
      response.end();
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  sentBytes = 0;
  pauseMs = 0;
});

/** Once a stream that was full takes more, or will never again. */
function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

const portOf = (listening: Server | Proxy): number => (listening.address() as AddressInfo).port;
const sourceAt = (port: number) => ({
  ...{ url: `http://127.0.0.1:${port}/`, sizeBytes: bytes.length, digest, identity: digest },
  supportsRanges: true,
});

/** A way to the server on which every connection is cut after a random number of bytes, in one of the two ways there are. */
async function cuttingProxy(cuts: { count: number }): Promise<Proxy> {
  const proxy = createProxy((near) => {
    const far = connect(portOf(server), '127.0.0.1');
    let left = Math.floor(Math.random() * 24 * mebibyte);
    near.pipe(far);
    far.on('data', (piece: Buffer) => {
      const part = piece.subarray(0, left);
      left -= part.length;
      if (!near.write(part)) {
        far.pause();
        near.once('drain', () => far.resume());
      }
      if (left > 0) return;
      cuts.count += 1;
      if (Math.random() < 0.5) near.end();
      else near.destroy();
      far.destroy();
    });
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

describe('a download over a network that cuts', () => {
  it('gets every byte once, and little more', async () => {
    const cuts = { count: 0 };
    const proxy = await cuttingProxy(cuts);
    const path = join(folder, 'cut');
    const { transferredBytes } = await downloadFile(sourceAt(portOf(proxy)), path, { firstDelayMs: 5 });
    proxy.close();
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(cuts.count).toBeGreaterThan(10);
    // What arrived is never asked for again.
    expect(transferredBytes).toBe(bytes.length);
    // What was sent and did not arrive lay in the buffers of two hops.
    const lost = sentBytes - bytes.length;
    console.log(`256 MiB over ${cuts.count} cuts: ${(lost / mebibyte).toFixed(1)} MiB sent in vain`);
    expect(lost).toBeLessThan(cuts.count * 12 * mebibyte);
  });
});

describe('a download whose process is killed again and again', () => {
  // A process runs what was built.
  const program = join(import.meta.dirname, '..', '..', 'dist', 'testing', 'download-until-killed.js');

  it('goes on with what is there, and the file appears whole', async () => {
    expect(existsSync(program), 'built by tsc -b').toBe(true);
    const path = join(folder, 'killed');
    pauseMs = 20;
    const kills = 6;
    for (let kill = 0; kill < kills; kill += 1) {
      const before = sentBytes;
      const child = startDownload(path);
      while (sentBytes - before < (16 + Math.random() * 32) * mebibyte) await sleep(5);
      child.process.kill('SIGKILL');
      await child.ended;
      expect(await readdir(folder)).not.toContain('killed');
    }
    pauseMs = 0;
    const last = startDownload(path);
    expect(await last.ended).toBe(0);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith('killed'))).toEqual(['killed']);
    const lost = sentBytes - bytes.length;
    console.log(
      `256 MiB over ${kills} kills: ${(lost / mebibyte).toFixed(1)} MiB sent in vain, ` +
        `${(Number(last.output()) / mebibyte).toFixed(1)} MiB by the last process`,
    );
    // The killed ones got half of it at least, of which nothing was fetched again.
    expect(Number(last.output())).toBeLessThan(0.8 * bytes.length);
    // Four connections, each with a batch under way, one that is collected, and what the system holds.
    expect(lost).toBeLessThan(kills * 4 * 6 * mebibyte);
  });

  function startDownload(path: string) {
    const args = [program, sourceAt(portOf(server)).url, String(bytes.length), digest, path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { process: child, ended, output: () => output };
  }
});
