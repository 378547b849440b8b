import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ModaError } from '@moda/contracts';
import { type Authenticator, localIdentity } from '@moda/service-kit';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestGateway, type TestGateway } from './testing/gateway.js';

const access: Authenticator = {
  open: false,
  identify: async (authorization) => {
    if (authorization === 'Bearer of-ada' || authorization === 'Bearer of-bob') return localIdentity;
    if (authorization === 'Bearer lost') throw new ModaError('ACCESS_UNAVAILABLE', 'Nobody can tell.');
    throw new ModaError('UNAUTHENTICATED', 'Say who asks.');
  },
};

const seen: (string | undefined)[] = [];
let service: Server;
let gateway: TestGateway;

beforeAll(async () => {
  service = createServer((request, response) => {
    const { authorization } = request.headers;
    seen.push(authorization);
    // Slow enough for questions to meet.
    setTimeout(() => {
      if (request.url === '/graphql/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('event: next\ndata: {"data":{"ticks":{"number":1}}}\n\nevent: complete\ndata:\n\n');
      } else response.end(JSON.stringify({ data: { whoAsks: authorization } }));
    }, 20);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  gateway = await startTestGateway({ pots: url }, { access });
});

afterAll(async () => {
  await gateway.stop();
  service.closeAllConnections();
  service.close();
});

beforeEach(() => {
  seen.length = 0;
});

const ticks = 'subscription { ticks { number } }';

function overSocket(connectionParams: Record<string, unknown>, query = ticks) {
  return new Promise<{ results: unknown[]; failure?: unknown }>((resolve) => {
    const results: unknown[] = [];
    const client = createClient({
      url: `${gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams,
      retryAttempts: 0,
    });
    client.subscribe(
      { query },
      {
        next: (result) => results.push(result),
        error: (failure) => resolve({ results, failure }),
        complete: () => resolve({ results }),
      },
    );
  });
}

describe('a stranger', () => {
  it.each(['{ whoAsks }', '{ __schema { queryType { name } } }', 'no question {'])(
    'hears nothing to %s',
    async (query) => {
      const proofs: Record<string, string>[] = [
        {},
        { authorization: 'Bearer forged' },
        { 'x-moda-user': 'ada' },
      ];
      for (const headers of proofs) {
        const { status, data, errors } = await gateway.ask(query, {}, headers);
        expect({ status, data }).toEqual({ status: 401, data: undefined });
        expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      }
      expect(seen).toEqual([]);
    },
  );

  it('cannot subscribe by server-sent events', async () => {
    const response = await fetch(`${gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ticks }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    expect(seen).toEqual([]);
  });

  it('may not keep a WebSocket', async () => {
    const { failure } = await overSocket({ authorization: 'Bearer forged' });
    expect(failure).toMatchObject({ code: 4401, reason: 'UNAUTHENTICATED' });
    expect(seen).toEqual([]);
  });

  it('may see that the gateway lives', async () => {
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  });
});

describe('whoever is known', () => {
  it('is known to the services by the same proof, and gets no answer that was meant for another', async () => {
    const names = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'of-ada' : 'of-bob'));
    const answers = await Promise.all(
      names.map((name) => gateway.ask('{ whoAsks }', {}, { authorization: `Bearer ${name}` })),
    );
    expect(answers.map(({ data }) => data)).toEqual(names.map((name) => ({ whoAsks: `Bearer ${name}` })));
    expect(seen).toHaveLength(names.length);
  });

  it('may use any name of the gateway, which a foreign page could not use without a proof', async () => {
    const { port } = new URL(gateway.url);
    const asked = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const body = '{"query":"{ whoAsks }"}';
        const request = httpRequest(
          {
            port,
            path: '/graphql',
            method: 'POST',
            headers: {
              ...headers,
              host: 'api.example.org',
              'content-type': 'application/json',
              'content-length': body.length,
            },
          },
          (response) => resolve(response.resume().statusCode),
        );
        request.once('error', reject).end(body);
      });
    expect(await asked({ authorization: 'Bearer of-ada' })).toBe(200);
    expect(await asked({})).toBe(401);
    expect(seen).toEqual(['Bearer of-ada']);
  });

  it('is known over a WebSocket by what was said at its start', async () => {
    expect(await overSocket({ authorization: 'Bearer of-ada' })).toEqual({
      results: [{ data: { ticks: { number: 1 } } }],
    });
    expect(seen).toEqual(['Bearer of-ada']);
  });

  it('is known over server-sent events by a header', async () => {
    const response = await fetch(`${gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer of-bob' },
      body: JSON.stringify({ query: ticks }),
    });
    expect(await response.text()).toContain('"number":1');
    expect(seen).toEqual(['Bearer of-bob']);
  });
});

it('says that nobody can tell, and not that a token is wrong', async () => {
  const { status, errors } = await gateway.ask('{ whoAsks }', {}, { authorization: 'Bearer lost' });
  expect({ status, errors }).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'ACCESS_UNAVAILABLE' } }],
  });
});
