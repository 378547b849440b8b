import type { Service } from '@moda/service-kit';
import { crowding } from '@moda/service-kit/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGardenService } from './testing/garden.js';
import { startTestGateway, type TestGateway } from './testing/gateway.js';

let pots: Service;
let herbs: Service;
let gateway: TestGateway;

beforeAll(async () => {
  pots = await startGardenService('pots');
  herbs = await startGardenService('herbs');
  gateway = await startTestGateway({ pots: pots.url, herbs: herbs.url });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([pots.stop(), herbs.stop()]);
});

describe('a question to two services', () => {
  it('is answered as if they were one, in both directions', async () => {
    const { status, data, errors } = await gateway.ask(
      '{ pots(first: 2) { id size herbs { name } } herbs { name pot { id size } } }',
    );
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect(data).toEqual({
      pots: [
        { id: '1', size: 10, herbs: [{ name: 'thyme 1' }] },
        { id: '2', size: 20, herbs: [{ name: 'thyme 2' }] },
      ],
      herbs: ['basil', 'sage'].map((name) => ({ name, pot: { id: '2', size: 20 } })),
    });
  });

  it('may change something and read the other service of it', async () => {
    const { data } = await gateway.ask('mutation { fill(id: "7") { size herbs { name } } }');
    expect(data).toEqual({ fill: { size: 70, herbs: [{ name: 'thyme 7' }] } });
  });

  it('shows nothing of how they are joined', async () => {
    const { data } = await gateway.ask('{ __schema { types { name } queryType { fields { name } } } }');
    const text = JSON.stringify(data);
    expect(text).toContain('"Herb"');
    expect(text).not.toMatch(/join__|_Entity|_entities|_service|_Any/);
  });

  it('carries its trace to the services, and back to the caller', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const answer = await gateway.ask('{ whoAsks }', {}, { traceparent });
    expect(answer.data).toEqual({ whoAsks: `local ${traceId}` });
    expect(answer.headers.get('traceparent')).toBe(traceparent);
  });
});

describe('a failure of one field', () => {
  it('leaves the others, and keeps the code, the details and the words of its service', async () => {
    const { data, errors } = await gateway.ask('{ refused pots(first: 1) { id } }');
    expect(data).toEqual({ refused: null, pots: [{ id: '1' }] });
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'There is no class "cow"; did you mean cat?',
        path: ['refused'],
        extensions: {
          code: 'CLASS_UNKNOWN',
          details: { nearest: 'cat' },
          subgraph: 'pots',
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
        },
      }),
    ]);
  });

  it('is masked where nobody expected it', async () => {
    const { errors } = await gateway.ask('{ broken }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNEXPECTED', subgraph: 'pots' } }]);
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });
});

describe('a mistake in a question', () => {
  it.each([
    ['{ pot', 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($id: ID!) { pot(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['subscription { ticks { number } }', 'REQUEST_INVALID'],
  ])('%s is named as %s', async (query, code) => {
    const { status, errors } = await gateway.ask(query);
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});

describe('a request that is no question', () => {
  const json = { 'content-type': 'application/json' };

  it.each([
    [
      'a form of a foreign site',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ herbs { name } }"}' },
      415,
      'REQUEST_INVALID',
    ],
    ['an address with a question in it', { method: 'GET' }, 405, 'REQUEST_INVALID'],
    [
      'a batch',
      { method: 'POST', headers: json, body: '[{"query":"{ herbs { name } }"}]' },
      400,
      'REQUEST_INVALID',
    ],
    ['text that is no JSON', { method: 'POST', headers: json, body: '{"query"' }, 400, 'REQUEST_INVALID'],
    [
      'a body of two megabytes',
      { method: 'POST', headers: json, body: JSON.stringify({ query: ' '.repeat(2 ** 21) }) },
      413,
      'REQUEST_TOO_LARGE',
    ],
    [
      'variables in a list',
      { method: 'POST', headers: json, body: '{"query":"{ herbs { name } }","variables":[1]}' },
      400,
      'REQUEST_INVALID',
    ],
  ])('%s is refused, at both addresses', async (_name, init, status, code) => {
    for (const path of ['/graphql', '/graphql/stream']) {
      const response = await fetch(`${gateway.url}${path}?query={herbs{name}}`, init);
      const inStream = path.endsWith('stream') && response.status === 200;
      const text = await response.text();
      expect([inStream ? status : response.status, text]).toEqual([status, expect.stringContaining(code)]);
    }
  });

  it.each(['/', '/graphql'])('shows people at %s a page that loads nothing from elsewhere', async (path) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(await response.text()).toContain('<textarea');
  });

  it('to an unknown path gets the way on', async () => {
    const response = await fetch(`${gateway.url}/elsewhere`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: 'ROUTE_UNKNOWN' } },
    ]);
  });
});

describe('the probes', () => {
  it('say that it lives, that it is ready, and what it has done', async () => {
    await gateway.ask('{ herbs { name } }');
    const answers = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((path) => fetch(`${gateway.url}${path}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const metrics = await answers[2]!.text();
    expect(metrics).toMatch(/gateway_subgraph_duration_seconds_count\{.*subgraph="herbs".*\} \d/);
    expect(metrics).toMatch(/http_request_duration_seconds_count\{.*method="POST",path="\/graphql"/);
    expect(metrics).toMatch(/gateway_subscriptions_open(\{.*\})? 0/);
  });

  it('say that it is not ready while no service answers', async () => {
    const lonely = await startTestGateway({});
    const response = await fetch(`${lonely.url}/readyz`);
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { error: { code: 'SERVICE_NOT_READY' } },
    ]);
    await lonely.stop();
  });
});

describe('a service that does not answer', () => {
  it('is named, once, and the rest of the answer comes', async () => {
    const half = await startTestGateway({ pots: pots.url });
    const { status, data, errors } = await half.ask(
      '{ pots(first: 20) { id herbs { name } } herbs { name } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({
      pots: Array.from({ length: 20 }, (_, index) => ({ id: String(index + 1), herbs: null })),
      herbs: null,
    });
    expect(errors).toMatchObject([
      {
        message: 'The service "herbs" does not answer (ECONNREFUSED); ask again when it runs.',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', details: { reason: 'ECONNREFUSED' }, subgraph: 'herbs' },
      },
    ]);
    await half.stop();
  });

  it('is given up after its time', async () => {
    const hung = await listening(() => {});
    const half = await startTestGateway({ pots: pots.url, herbs: urlOf(hung) }, { timeoutMs: 1_000 });
    const startedAt = performance.now();
    const { data, errors } = await half.ask('{ pots(first: 1) { id } herbs { name } }');
    expect(performance.now() - startedAt).toBeLessThan(2_000 * crowding());
    expect(data).toEqual({ pots: [{ id: '1' }], herbs: null });
    expect(errors).toMatchObject([
      { extensions: { details: { reason: 'nothing within 1000 ms' }, subgraph: 'herbs' } },
    ]);
    await half.stop();
    hung.closeAllConnections();
    hung.close();
  });

  it.each(['', '<html>', '{"neither":1}', 'null'])('is one that answers %j too', async (body) => {
    const foreign = await listening((response) => response.writeHead(502).end(body));
    const half = await startTestGateway({ herbs: urlOf(foreign) });
    const { errors } = await half.ask('{ herbs { name } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', details: { reason: 'status 502 without an answer' } } },
    ]);
    await half.stop();
    foreign.close();
  });

  it('is asked again as soon as it is back', async () => {
    const first = await startGardenService('herbs');
    const half = await startTestGateway({ herbs: first.url });
    const question = '{ herbs { name } }';
    expect((await half.ask(question)).errors).toEqual([]);
    await first.stop();
    expect((await half.ask(question)).errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    const second = await startGardenService('herbs', first.port);
    expect((await half.ask(question)).errors).toEqual([]);
    await half.stop();
    await second.stop();
  });
});

describe('what a service learns', () => {
  it('is the trace and the proof of the caller, and no other header', async () => {
    const seen: Record<string, unknown>[] = [];
    const spy = await listening((response, headers) => {
      seen.push(headers);
      response.end('{"data":{"herbs":[]}}');
    });
    const half = await startTestGateway({ herbs: urlOf(spy) });
    await half.ask(
      '{ herbs { name } }',
      {},
      { authorization: 'Bearer abc', cookie: 'a=b', 'x-moda-user': 'ada', 'x-forwarded-for': '::1' },
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      authorization: 'Bearer abc',
      traceparent: expect.any(String) as unknown,
    });
    for (const name of ['cookie', 'x-moda-user', 'x-forwarded-for']) expect(seen[0]).not.toHaveProperty(name);
    await half.stop();
    spy.close();
  });
});

async function listening(
  answer: (response: import('node:http').ServerResponse, headers: Record<string, unknown>) => void,
): Promise<Server> {
  const server = createServer((request, response) => answer(response, request.headers));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
