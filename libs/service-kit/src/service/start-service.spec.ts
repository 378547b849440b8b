import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from './testing.js';
import type { ServiceOptions } from './service.js';

const services: TestService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) {
    service.finishSlow();
    await service.stop();
  }
});

async function start(options: Partial<ServiceOptions> = {}): Promise<TestService> {
  const service = await startTestService(options);
  services.push(service);
  return service;
}

describe('a service answers questions', () => {
  it('with data', async () => {
    const { ask } = await start();
    expect(await ask('{ hello }')).toMatchObject({ status: 200, body: { data: { hello: 'world' } } });
  });

  it('of everybody alike, where it asks nobody who they are', async () => {
    const { ask } = await start();
    expect((await ask('{ user }')).body.data).toEqual({ user: 'local' });
    expect((await ask('{ user }', { 'x-moda-user': 'ada' })).body.data).toEqual({ user: 'local' });
    expect((await ask('{ user }', { authorization: 'Bearer x' })).body.data).toEqual({ user: 'local' });
  });

  it('and keeps the words of an expected error', async () => {
    const { ask } = await start();
    const { body, headers } = await ask('{ refused }');
    const traceId = headers.get('traceparent')?.split('-')[1];
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(body.errors).toEqual([
      {
        message: 'There is no class "cow"; did you mean cat?',
        locations: [{ line: 1, column: 3 }],
        path: ['refused'],
        extensions: { code: 'CLASS_UNKNOWN', details: { nearest: 'cat' }, traceId },
      },
    ]);
  });

  it('and tells the log, not the caller, what nobody expected', async () => {
    const { ask, lines } = await start();
    const { body } = await ask('{ hello broken }');
    expect(body.data).toEqual({ hello: 'world', broken: null });
    expect(body.errors).toHaveLength(1);
    expect(body.errors?.[0]?.extensions.code).toBe('UNEXPECTED');
    expect(JSON.stringify(body)).not.toContain('hunter2');
    const line = lines.find(({ level }) => level === 'error');
    expect(line).toMatchObject({
      service: 'test',
      traceId: body.errors?.[0]?.extensions.traceId,
      err: { message: 'password is hunter2' },
    });
  });

  it('in the trace that the caller began', async () => {
    const { ask } = await start();
    const traceparent = `00-${'ab'.repeat(16)}-${'12'.repeat(8)}-01`;
    const { body, headers } = await ask('{ refused }', { traceparent });
    expect(headers.get('traceparent')).toBe(traceparent);
    expect(body.errors?.[0]?.extensions.traceId).toBe('ab'.repeat(16));
  });

  it('and says what is wrong with a question', async () => {
    const { ask } = await start();
    const { status, body } = await ask('{ nothing }');
    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({
      message: expect.stringContaining('Cannot query field "nothing"') as unknown,
      extensions: {
        code: 'GRAPHQL_VALIDATION_FAILED',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      },
    });
  });
});

describe('a service refuses', () => {
  it('questions that are nested too deeply', async () => {
    const { ask } = await start({ limits: { depth: 3 } });
    expect((await ask('{ again { again { hello } } }')).status).toBe(200);
    const { body } = await ask('{ again { again { again { hello } } } }');
    expect(body.errors?.[0]?.extensions.code).toBe('REQUEST_TOO_COMPLEX');
    expect(body.errors?.[0]?.extensions.details).toEqual({ found: 4, limit: 3 });
  });

  it('questions with too many signs', async () => {
    const { ask } = await start({ limits: { tokens: 20 } });
    const { status, body } = await ask(`{ ${'hello '.repeat(30)} }`);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toContain('20 tokens');
  });

  it('forms of other sites, which cannot send JSON', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent('{ hello }')}`, {
      headers: { accept: '*/*' },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('CSRF');
    const form = await fetch(`${url}/graphql`, { method: 'POST', body: 'query={hello}' });
    expect(form.status).toBe(400);
  });

  it.each([
    [
      'a body that is too long',
      JSON.stringify({ query: `{ hello } # ${'x'.repeat(2000)}` }),
      413,
      'REQUEST_TOO_LARGE',
    ],
    ['a body that is no JSON', '{"query":', 400, 'REQUEST_INVALID'],
    ['a body that is no object', '7', 400, 'REQUEST_INVALID'],
  ])('%s', async (_what, body, status, code) => {
    const { url } = await start({ maxBodyBytes: 1000 });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('names of other sites that point to this machine', async () => {
    const { port } = await start({ hostNames: ['registry.example.org'] });
    expect(await statusFor(port, 'registry.example.org')).toBe(200);
    expect(await statusFor(port, `localhost:${port}`)).toBe(200);
    expect(await statusFor(port, 'evil.example.com')).toBe(421);
  });

  it('paths that it does not serve, in the form of all its failures', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      error: {
        code: 'ROUTE_UNKNOWN',
        message: 'Nothing is served at "/nowhere"; questions go to /graphql.',
        details: {},
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      },
    });
  });

  it('paths that are not well-formed', async () => {
    const { url } = await start({
      routes: {
        paths: ['/things'],
        add: (app) => app.get('/things/:id', (_request, response) => void response.end()),
      },
    });
    const response = await fetch(`${url}/things/%E0%A4%A`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'REQUEST_INVALID' } });
  });

  it('to start at a port that is taken', async () => {
    const { port } = await start();
    await expect(startTestService({ port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `Another program listens at port ${port} of 127.0.0.1; stop it, or choose another port with --port.`,
    });
  });
});

describe('a service masks a route that breaks', () => {
  it('and logs why', async () => {
    const { url, lines } = await start({
      routes: {
        paths: ['/broken'],
        add: (app) =>
          app.get('/broken', () => {
            throw new Error('hunter2');
          }),
      },
    });
    const response = await fetch(`${url}/broken`);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('UNEXPECTED');
    expect(text).not.toContain('hunter2');
    expect(lines.some((line) => line['level'] === 'error' && JSON.stringify(line).includes('hunter2'))).toBe(
      true,
    );
  });
});

describe('the page for people', () => {
  it('is shown to browsers, loads nothing from elsewhere and runs no other script', async () => {
    const { url } = await start({ example: '{ hello }' });
    const response = await fetch(`${url}/graphql`, {
      headers: { accept: 'text/html,application/xhtml+xml' },
    });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*script-src 'sha256-/,
    );
    const page = await response.text();
    expect(page).toContain('Test &lt;service&gt;');
    expect(page).toContain('{ hello }');
    expect(page).not.toMatch(/https?:\/\//);
  });
});

describe('the probes', () => {
  it('say that the process runs and can work', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
  });

  it('say that it cannot work while a part is missing', async () => {
    const { url, lines } = await start({ checkReady: () => Promise.reject(new Error('no database')) });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'SERVICE_NOT_READY' } });
    expect(lines.find(({ level }) => level === 'warn')).toMatchObject({ err: { message: 'no database' } });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('count requests by their first part, whatever is asked for', async () => {
    const { url, ask } = await start();
    await ask('{ hello }');
    await fetch(`${url}/a-path-of-${'x'.repeat(50)}`);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/http_request_duration_seconds_count\{.*path="\/graphql".*\} 1/);
    expect(metrics).toMatch(/http_request_duration_seconds_count\{.*path="other".*status="4xx".*\} 1/);
    expect(metrics).not.toContain('xxxx');
    expect(metrics).toContain('process_resident_memory_bytes');
  });
});

describe('a service that stops', () => {
  it('is unready at once, while it still answers', async () => {
    const service = await start({ stopNoticeMs: 2_000 });
    const stopped = service.stop();
    const response = await fetch(`${service.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'SERVICE_STOPPING' } });
    expect(response.headers.get('connection')).toBe('close');
    expect((await service.ask('{ hello }')).status).toBe(200);
    await stopped;
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });

  it('lets the answers under way finish', async () => {
    const service = await start();
    const answer = service.ask('{ slow }');
    await service.slowAsked;
    let ended = false;
    const stopped = service.stop().then(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(ended).toBe(false);
    service.finishSlow();
    expect((await answer).body.data).toEqual({ slow: 'done' });
    await stopped;
  });

  it('cuts what takes too long', async () => {
    const service = await start({ stopGraceMs: 100 });
    const answer = service.ask('{ slow }').then(
      () => 'answered',
      () => 'cut',
    );
    await service.slowAsked;
    await service.stop();
    expect(await answer).toBe('cut');
  });
});

/** The status of a request that goes to this machine under another name. */
function statusFor(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/healthz', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once('error', reject)
      .end();
  });
}
