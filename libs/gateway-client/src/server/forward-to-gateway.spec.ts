import { describe, expect, it, vi } from 'vitest';
import { forwardToGateway } from './forward-to-gateway.js';

function question(headers: Record<string, string> = {}, body = '{"query":"{ me { user } }"}'): Request {
  return new Request('http://moda.test/api/graphql', {
    method: 'POST',
    headers: { host: 'moda.test', 'content-type': 'application/json', ...headers },
    body,
  });
}

function forwarding(request: Request, path: '/graphql' | '/graphql/stream' = '/graphql') {
  const gateway = vi.fn(async (_url: string, _init: RequestInit) =>
    Response.json({ data: {} }, { headers: { 'content-type': 'application/graphql-response+json' } }),
  );
  const answer = forwardToGateway(request, {
    gatewayUrl: 'http://gateway.test',
    path,
    fetch: gateway as unknown as typeof fetch,
  });
  return { answer, gateway };
}

async function problemOf(answer: Promise<Response>) {
  const response = await answer;
  const { errors } = (await response.json()) as {
    errors: readonly { message: string; extensions: { code: string } }[];
  };
  return { status: response.status, code: errors[0]!.extensions.code, message: errors[0]!.message };
}

describe('A question of a page', () => {
  it('goes on to the gateway as it is, and the answer comes back as it is', async () => {
    const { answer, gateway } = forwarding(question());
    const response = await answer;
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [url, init] = gateway.mock.calls[0]!;
    expect(url).toBe('http://gateway.test/graphql');
    expect(init.body).toBe('{"query":"{ me { user } }"}');
  });

  it('carries the token that the browser keeps, and no cookie', async () => {
    const { answer, gateway } = forwarding(question({ cookie: 'theme=dark; moda_token=moda_pat_a%3Db' }));
    await answer;
    const headers = gateway.mock.calls[0]![1].headers as Record<string, string>;
    expect(headers['authorization']).toBe('Bearer moda_pat_a=b');
    expect(headers).not.toHaveProperty('cookie');
  });

  it('without a token is asked as nobody', async () => {
    const { answer, gateway } = forwarding(question({ cookie: 'theme=dark' }));
    await answer;
    expect(gateway.mock.calls[0]![1].headers).not.toHaveProperty('authorization');
  });

  it('keeps its place in a trace', async () => {
    const { answer, gateway } = forwarding(question({ traceparent: '00-a-b-01' }));
    await answer;
    expect(gateway.mock.calls[0]![1].headers).toMatchObject({ traceparent: '00-a-b-01' });
  });

  it('of another site is refused and goes nowhere', async () => {
    const { answer, gateway } = forwarding(question({ origin: 'http://elsewhere.test' }));
    expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(gateway).not.toHaveBeenCalled();
  });

  it('of the same site is let through', async () => {
    const { answer } = forwarding(question({ origin: 'http://moda.test' }));
    expect((await answer).status).toBe(200);
  });

  it('that is a form is refused: other sites can send forms', async () => {
    const { answer, gateway } = forwarding(question({ 'content-type': 'text/plain' }));
    expect(await problemOf(answer)).toMatchObject({ status: 415, code: 'REQUEST_INVALID' });
    expect(gateway).not.toHaveBeenCalled();
  });

  it('that is too long is refused', async () => {
    const { answer } = forwarding(question({}, 'x'.repeat(256 * 1024 + 1)));
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'REQUEST_INVALID' });
  });

  it('is told that the gateway is away', async () => {
    const away = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    const answer = forwardToGateway(question(), {
      gatewayUrl: 'http://gateway.test',
      path: '/graphql',
      fetch: () => Promise.reject(away),
    });
    expect(await problemOf(answer)).toEqual({
      status: 502,
      code: 'GATEWAY_UNREACHABLE',
      message: 'The gateway does not answer (ECONNREFUSED); see that it runs, for example with `npm start`.',
    });
  });

  it('that nobody waits for any more is given up', async () => {
    const over = new AbortController();
    const request = new Request(question(), { signal: over.signal });
    const answer = forwardToGateway(request, {
      gatewayUrl: 'http://gateway.test',
      path: '/graphql',
      fetch: async () => {
        over.abort();
        throw new DOMException('aborted', 'AbortError');
      },
    });
    expect((await answer).status).toBe(499);
  });
});

describe('A stream of events', () => {
  it('is neither compressed nor kept back on its way', async () => {
    const { answer, gateway } = forwarding(question(), '/graphql/stream');
    const response = await answer;
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(gateway.mock.calls[0]![1].headers).toMatchObject({ accept: 'text/event-stream' });
  });
});
