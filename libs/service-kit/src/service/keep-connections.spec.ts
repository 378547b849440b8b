import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepConnections } from './keep-connections.js';
import { portOf } from './listen.js';

let server: Server;
let agent: Agent;

beforeEach(async () => {
  server = createServer((_request, response) => response.end('here'));
  keepConnections(server, 2_000);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // An agent without a time of its own pays no attention to what it is told.
  agent = new Agent({ keepAlive: true, timeout: 30_000 });
});

afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

function ask(headers: Record<string, string> = {}) {
  return new Promise<{ answer: IncomingMessage; reused: boolean }>((resolve, reject) => {
    const request = get({ port: portOf(server), agent, headers }, (answer) => {
      answer.resume().once('close', () => resolve({ answer, reused: request.reusedSocket }));
    });
    request.once('error', reject);
  });
}

const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

describe('a connection on which nobody asks', () => {
  it('is used again', async () => {
    expect((await ask()).reused).toBe(false);
    expect((await ask()).reused).toBe(true);
  });

  it('is closed by the client, which is told a shorter time than the server keeps it', async () => {
    const { answer } = await ask();
    expect(answer.headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=2' });
    expect(server.keepAliveTimeout).toBeGreaterThan(2_000);
    expect(await connections()).toBe(1);
    await expect.poll(connections, { timeout: 4_000 }).toBe(0);
    expect((await ask()).reused).toBe(false);
  });

  it('is kept by the server for a client that pays no attention', async () => {
    agent = new Agent({ keepAlive: true });
    await ask();
    await sleep(2_300);
    expect((await ask()).reused).toBe(true);
  });

  it('is not kept where the client wants to close it', async () => {
    const { answer } = await ask({ connection: 'close' });
    expect(answer.headers).toMatchObject({ connection: 'close' });
    expect(answer.headers).not.toHaveProperty('keep-alive');
  });
});
