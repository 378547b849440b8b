import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../log/logger.js';
import { writePieces } from './write-pieces.js';

const pieceBytes = 1 << 18;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves the content once; `done` resolves when nothing more is written. */
async function serve(content: AsyncIterable<Uint8Array>, sizeBytes: number) {
  const lines: string[] = [];
  const logger = createLogger({
    service: 'test',
    level: 'error',
    destination: { write: (line) => lines.push(line) },
  });
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  const server = createServer((_request, response) => {
    response.setHeader('content-length', sizeBytes);
    void writePieces(response, content, logger).finally(finish);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve) => get({ port, host: '127.0.0.1' }, resolve));
  return { response, done, lines };
}

/** Counts what was asked for and whether the end was told. */
class Endless {
  asked = 0;
  ended = false;

  async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        this.asked += 1;
        yield new Uint8Array(pieceBytes);
      }
    } finally {
      this.ended = true;
    }
  }
}

describe('a download', () => {
  it('goes as fast as its reader, whatever waits to be sent', async () => {
    const endless = new Endless();
    const { response } = await serve(endless.pieces(), 1e12);
    response.pause();
    await wait(200);
    const asked = endless.asked;
    await wait(200);
    expect(endless.asked).toBe(asked);
    // What the buffers of the system hold, at most.
    expect(asked * pieceBytes).toBeLessThan(64 * 2 ** 20);
    response.destroy();
  });

  it('ends its content when the reader leaves', async () => {
    const endless = new Endless();
    const { response, done } = await serve(endless.pieces(), 1e12);
    response.once('data', () => response.destroy());
    await done;
    expect(endless.ended).toBe(true);
  });

  it('may reuse the memory of a piece once it is asked for the next', async () => {
    const memory = new Uint8Array(pieceBytes);
    async function* reused(): AsyncGenerator<Uint8Array> {
      for (let i = 1; i <= 40; i++) yield memory.fill(i);
    }
    const { response } = await serve(reused(), 40 * pieceBytes);
    let at = 0;
    for await (const chunk of response as AsyncIterable<Buffer>)
      for (const byte of chunk) {
        if (byte !== 1 + Math.floor(at / pieceBytes)) throw new Error(`byte ${at} is ${byte}`);
        at += 1;
      }
    expect(at).toBe(40 * pieceBytes);
  });

  it('is cut where its content fails, so that nobody takes a part for the whole', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new Error('the disk is gone');
    }
    const { response, done, lines } = await serve(failing(), 20);
    const read = (async () => {
      for await (const _ of response);
    })();
    await expect(read).rejects.toThrow();
    await done;
    expect(lines.join('')).toContain('the disk is gone');
  });
});
