import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type GatewayClientOptions, gatewayClient } from './gateway-client.js';

type Reply = { readonly data?: unknown; readonly errors?: readonly unknown[] } | 'broken' | 'stream';

/** Answers with one reply after the other, the last one again and again. */
async function gateway(replies: readonly Reply[], options: Partial<GatewayClientOptions> = {}) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const reply = replies[Math.min(requests.length, replies.length - 1)];
    requests.push(request);
    if (reply === 'broken') request.socket.destroy();
    else if (reply === 'stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const hello of ['one', 'two'])
        response.write(`event: next\ndata: ${JSON.stringify({ data: { hello } })}\n\n`);
      response.end('event: complete\ndata:\n\n');
    } else response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { readonly port: number };
  const client = gatewayClient({
    url: `http://127.0.0.1:${port}`,
    token: undefined,
    signal: new AbortController().signal,
    ...options,
  });
  return { client, requests };
}

const answer = z.object({ hello: z.string() });
const away = { errors: [{ message: 'Away.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] };

describe('a question to the gateway', () => {
  it('is answered with data of the form that is wanted', async () => {
    const { client, requests } = await gateway([{ data: { hello: 'world' } }], { token: 'moda_pat_1_2' });
    expect(await client.ask('{ hello }', {}, answer)).toEqual({ hello: 'world' });
    expect(requests[0]?.headers.authorization).toBe('Bearer moda_pat_1_2');
  });

  it('is asked again where a service is away for a moment', async () => {
    const { client, requests } = await gateway([away, 'broken', { data: { hello: 'back' } }]);
    expect(await client.ask('{ hello }', {}, answer)).toEqual({ hello: 'back' });
    expect(requests).toHaveLength(3);
  });

  it('is given up where a service stays away', async () => {
    const { client } = await gateway([away], { patienceMs: 0 });
    await expect(client.ask('{ hello }', {}, answer)).rejects.toMatchObject({
      code: 'EXPERIMENT_FAILED',
      message: 'Away.',
    });
  });

  it('is not asked again where the answer will be the same', async () => {
    const { client, requests } = await gateway([{ errors: [{ message: 'No such field.' }] }]);
    await expect(client.ask('{ hallo }', {}, answer)).rejects.toThrow('No such field.');
    expect(requests).toHaveLength(1);
  });

  it.each(['UNAUTHENTICATED', 'FORBIDDEN'])('says what to do about %s', async (code) => {
    const { client } = await gateway([{ errors: [{ message: 'Who asks?', extensions: { code } }] }]);
    await expect(client.ask('{ hello }', {}, answer)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('set MODA_TOKEN') as string,
    });
  });

  it('ends when it is not wanted any more', async () => {
    const stopped = new AbortController();
    const { client } = await gateway([away], { signal: stopped.signal });
    setTimeout(() => stopped.abort(new Error('not wanted')), 100);
    await expect(client.ask('{ hello }', {}, answer)).rejects.toThrow();
  });
});

describe('a subscription', () => {
  it('gives one result after the other, and ends', async () => {
    const { client } = await gateway(['stream']);
    const results: unknown[] = [];
    for await (const result of client.follow('subscription { hello }', {}, answer)) results.push(result);
    expect(results).toEqual([{ hello: 'one' }, { hello: 'two' }]);
  });

  it('throws where the connection breaks', async () => {
    const { client } = await gateway(['broken']);
    await expect(client.follow('subscription { hello }', {}, answer).next()).rejects.toThrow();
  });
});
