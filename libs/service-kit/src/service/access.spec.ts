import { setTimeout as wait } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import WebSocket from 'ws';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Authenticator } from '../access/authenticator.js';
import { unauthenticated } from '../access/identity.js';
import { requireRole } from '../access/request-access.js';
import { tokenExpired } from '../access/watch-identity.js';
import { countingSchema } from '../subscriptions/testing/counting-schema.js';
import { overEventStream, overWebSocket, type Subscribe } from '../subscriptions/testing/subscribing.js';
import { startTestService, type TestService } from './testing.js';

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

/** Knows `Bearer ada` for `lastsMs`, and nobody else. */
function adaOnly(lastsMs = 60_000): Authenticator & { away: boolean } {
  const expiresAt = new Date(Date.now() + lastsMs);
  return {
    open: false,
    away: false,
    async identify(authorization) {
      if (this.away) throw new ModaError('ACCESS_UNAVAILABLE', 'Away; ask again later.');
      if (authorization !== 'Bearer ada') throw unauthenticated();
      if (expiresAt.getTime() <= Date.now()) throw tokenExpired(expiresAt);
      return { user: 'ada', role: 'viewer', kind: 'oidc', expiresAt };
    },
  };
}

async function start(access: Authenticator = adaOnly()) {
  const service = await startTestService({
    access,
    routes: {
      paths: ['/shelf', '/attic'],
      add: (app) => {
        app.get('/shelf', async (request, response) => {
          response.json({ user: (await requireRole(request, 'viewer')).user });
        });
        app.get('/attic', async (request, response) => {
          response.json({ user: (await requireRole(request, 'admin')).user });
        });
      },
    },
  });
  services.push(service);
  return service;
}

const ada = { authorization: 'Bearer ada' };

describe('a service that asks who everybody is', () => {
  it('answers those it knows', async () => {
    const { ask } = await start();
    expect((await ask('{ user }', ada)).body.data).toEqual({ user: 'ada' });
  });

  it.each([
    ['without a token', {}],
    ['with a wrong one', { authorization: 'Bearer bob' }],
    ['with one of another kind', { authorization: 'Basic YTpi' }],
  ])('answers nothing at all %s, not even about its schema', async (_how, headers) => {
    const { ask } = await start();
    for (const question of ['{ user }', '{ __typename }', '{ __schema { types { name } } }']) {
      const { status, body, headers: answered } = await ask(question, headers);
      expect(status).toBe(401);
      expect(body.data).toBeUndefined();
      expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect(answered.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('says so where nobody can tell', async () => {
    const access = adaOnly();
    access.away = true;
    const { status, body } = await (await start(access)).ask('{ user }', ada);
    expect(status).toBe(503);
    expect(body.errors?.[0]?.extensions.code).toBe('ACCESS_UNAVAILABLE');
  });

  it.each([
    ['/shelf', ada, 200, undefined],
    ['/shelf', {}, 401, 'UNAUTHENTICATED'],
    ['/attic', ada, 403, 'FORBIDDEN'],
  ])('guards its routes: %s %j', async (path, headers, status, code) => {
    const { url } = await start();
    const response = await fetch(`${url}${path}`, { headers: { ...headers } });
    expect(response.status).toBe(status);
    const body = (await response.json()) as { user?: string; error?: { code: string } };
    expect(body.error?.code).toBe(code);
    if (status === 200) expect(body.user).toBe('ada');
  });

  it('tells everybody that it lives: probes know no tokens', async () => {
    const { url } = await start();
    for (const path of ['/healthz', '/readyz', '/metrics'])
      expect((await fetch(`${url}${path}`)).status).toBe(200);
  });
});

async function startCounting(access: Authenticator) {
  const counting = countingSchema();
  const service = await startTestService({ schema: counting.schema, subscriptions: true, access });
  services.push(service);
  return { ...service, ...counting };
}

describe.each<[string, Subscribe]>([
  ['an event stream', overEventStream],
  ['a WebSocket', overWebSocket],
])('a subscription over %s', (_name, subscribe) => {
  it('belongs to who asks', async () => {
    const { url } = await startCounting(adaOnly());
    const results = [];
    for await (const result of subscribe(url, 'subscription { count(to: 1) { user } }', { headers: ada }))
      results.push(result);
    expect(results).toEqual([{ data: { count: { user: 'ada' } } }]);
  });

  it('ends with the token', async () => {
    const { url, closed } = await startCounting(adaOnly(1_500));
    const results = [];
    for await (const result of subscribe(url, 'subscription { silence { number } }', { headers: ada }))
      results.push(result);
    expect(results.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(['TOKEN_EXPIRED']);
    await vi.waitFor(() => expect(closed()).toBe(1), 10_000);
  });
});

describe('a stranger', () => {
  it('gets no event stream', async () => {
    const { url } = await startCounting(adaOnly());
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { count { number } }' }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
  });

  it('keeps no WebSocket, and is told why', async () => {
    const { port } = await startCounting(adaOnly());
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    const [code, reason] = await new Promise<[number, string]>((resolve) =>
      socket.on('close', (number: number, text: Buffer) => resolve([number, text.toString()])),
    );
    expect([code, reason]).toEqual([4401, 'UNAUTHENTICATED']);
  });

  it('who is a browser says who asks as a parameter of the connection', async () => {
    const { port } = await startCounting(adaOnly());
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      origin: 'https://moda.example',
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: ada })));
    const answer = await new Promise<unknown>((resolve, reject) => {
      socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
      socket.on('close', (number: number) => reject(new Error(`closed with ${number}`)));
    });
    expect(answer).toEqual({ type: 'connection_ack' });
    socket.close();
    await wait(0);
  });
});
