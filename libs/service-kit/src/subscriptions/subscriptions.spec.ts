import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTestService, type TestService } from '../service/testing.js';
import type { ServiceOptions } from '../service/service.js';
import WebSocket from 'ws';
import { countingSchema } from './testing/counting-schema.js';
import {
  overEventStream,
  overWebSocket,
  type SubscriptionResult,
  type Subscribe,
} from './testing/subscribing.js';

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

async function start(options: Partial<ServiceOptions> = {}) {
  const counting = countingSchema();
  const service = await startTestService({ schema: counting.schema, subscriptions: true, ...options });
  services.push(service);
  return { ...service, ...counting };
}

async function all(results: AsyncIterable<SubscriptionResult>): Promise<SubscriptionResult[]> {
  const found: SubscriptionResult[] = [];
  for await (const result of results) found.push(result);
  return found;
}

describe.each<[string, Subscribe]>([
  ['an event stream', overEventStream],
  ['a WebSocket', overWebSocket],
])('a subscription over %s', (_name, subscribe) => {
  it('gives every result and the end', async () => {
    const { url } = await start();
    const results = await all(subscribe(url, 'subscription { count { number } }'));
    expect(results).toEqual([1, 2, 3].map((number) => ({ data: { count: { number } } })));
  });

  it('belongs to the trace that the request names', async () => {
    const { url } = await start();
    const traceId = 'ab'.repeat(16);
    const headers = { traceparent: `00-${traceId}-${'12'.repeat(8)}-01` };
    const question = 'subscription { count(to: 1) { user traceId } }';
    expect(await all(subscribe(url, question, { headers }))).toEqual([
      { data: { count: { user: 'local', traceId } } },
    ]);
  });

  it.each([
    ['that cannot be read', 'subscription {', 'REQUEST_INVALID'],
    ['for a field that is none', 'subscription { cow }', 'REQUEST_INVALID'],
    ['that is a query', '{ hello }', 'REQUEST_INVALID'],
    [
      'that is too deep',
      `subscription { count { ${'again { '.repeat(20)} number ${'}'.repeat(20)} } }`,
      'REQUEST_TOO_COMPLEX',
    ],
    ['that is too long', `subscription { count { ${'number '.repeat(5000)} } }`, 'REQUEST_INVALID'],
    ['that the service refuses', 'subscription { refused { number } }', 'CLASS_UNKNOWN'],
  ])('is refused in words: one %s', async (_what, query, code) => {
    const { url } = await start();
    const results = await all(subscribe(url, query));
    expect(results).toHaveLength(1);
    expect(results[0]?.errors?.[0]?.message).toMatch(/\w/);
    expect(results[0]?.errors?.[0]?.extensions.code).toBe(code);
  });

  it('ends with an expected failure as its last result', async () => {
    const { url } = await start();
    const results = await all(subscribe(url, 'subscription { slow { number } }'));
    expect(results[0]).toEqual({ data: { slow: { number: 1 } } });
    expect(results[1]?.errors?.[0]).toMatchObject({
      message: 'Too slow; go on after 1.',
      extensions: { code: 'SUBSCRIBER_TOO_SLOW', details: { after: 1 } },
    });
    expect(results).toHaveLength(2);
  });

  it('tells the log, not the subscriber, what nobody expected', async () => {
    const { url, lines } = await start();
    const results = await all(subscribe(url, 'subscription { broken { number } }'));
    expect(results[1]?.errors?.[0]?.extensions.code).toBe('UNEXPECTED');
    expect(JSON.stringify(results)).not.toContain('hunter2');
    expect(JSON.stringify(lines)).toContain('hunter2');
  });

  it('closes its source when the subscriber leaves', async () => {
    const { url, closed } = await start();
    for await (const _result of subscribe(url, 'subscription { count(to: 1000000) { number } }')) break;
    await vi.waitFor(() => expect(closed()).toBe(1), 10_000);
  });

  it('is told that the service stops, which does not wait for it', async () => {
    const { url, stop, closed } = await start();
    const waiting = all(subscribe(url, 'subscription { silence { number } }'));
    await expect
      .poll(async () => (await fetch(`${url}/metrics`)).text())
      .toMatch(/^graphql_subscriptions_open(\{.*\})? 1$/m);
    const startedAt = performance.now();
    await stop();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect((await waiting)[0]?.errors?.[0]?.extensions.code).toBe('SERVICE_STOPPING');
    expect(closed()).toBe(1);
  });
});

describe('a subscriber that does not read', () => {
  it('holds its event stream up, and is cut off', async () => {
    const { url, taken, closed } = await start({ subscriberStallMs: 300 });
    const client = request(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    });
    client.on('error', () => undefined).end(JSON.stringify({ query: 'subscription { flood { padding } }' }));
    // No listener for data: what arrives stays in the buffers of the system.
    client.on('response', (response) => response.pause().on('error', () => undefined));
    await vi.waitFor(() => expect(closed()).toBe(1), { timeout: 8_000 });
    // 10 kB each: what the buffers of the system take, not what could be made in that time.
    expect(taken()).toBeLessThan(3_000);
    client.destroy();
  });

  it('holds its WebSocket up, and is cut off', async () => {
    const { url, taken, closed } = await start({ subscriberStallMs: 600 });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => undefined);
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.once('message', () => {
      const payload = { query: 'subscription { flood { padding } }' };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }), () => socket.pause());
    });
    await vi.waitFor(() => expect(closed()).toBe(1), { timeout: 8_000 });
    expect(taken()).toBeLessThan(3_000);
    socket.terminate();
  });
});

describe('pages of other sites', () => {
  it('cannot subscribe by a form', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { count { number } }' }),
    });
    expect(response.status).toBe(415);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 'Unexpected server response: 403'],
    ['another name', { host: 'evil.example' }, 'Unexpected server response: 403'],
  ])('cannot open a WebSocket with %s', async (_what, headers, message) => {
    const { url } = await start();
    expect(await opening(`${url.replace('http', 'ws')}/graphql`, headers)).toBe(message);
  });

  it('of this machine can', async () => {
    const { url } = await start();
    const headers = { origin: 'http://localhost:3000' };
    expect(await opening(`${url.replace('http', 'ws')}/graphql`, headers)).toBe('open');
  });

  it('find no WebSocket elsewhere', async () => {
    const { url } = await start();
    expect(await opening(`${url.replace('http', 'ws')}/other`, {})).toBe('Unexpected server response: 404');
  });
});

describe('an event stream', () => {
  it('takes POST alone', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/graphql/stream?query=subscription{count{number}}`);
    expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'POST',
    });
  });

  it('is not there in a service without subscriptions', async () => {
    const { url } = await start({ subscriptions: false });
    const response = await fetch(`${url}/graphql/stream`, { headers: { accept: 'text/event-stream' } });
    expect(response.status).not.toBe(200);
  });
});

function opening(address: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, 'graphql-transport-ws', { headers });
    socket.on('error', ({ message }) => resolve(message));
    socket.on('open', () => {
      resolve('open');
      socket.terminate();
    });
  });
}
