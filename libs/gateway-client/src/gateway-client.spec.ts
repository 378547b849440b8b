import { describe, expect, it, vi } from 'vitest';
import { createGatewayClient } from './gateway-client.js';
import type { Operation } from './operation.js';

type Answerer = (url: string, init: RequestInit) => Response | Promise<Response>;

function clientWith(answer: Answerer, timeoutMs?: number) {
  const fetchFn = vi.fn(async (url: string, init: RequestInit) => answer(url, init));
  const client = createGatewayClient({
    url: 'http://gateway.test/graphql',
    streamUrl: 'http://gateway.test/graphql/stream',
    headers: () => ({ authorization: 'Bearer t' }),
    fetch: fetchFn as unknown as typeof fetch,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  return { client, fetchFn };
}

interface Me {
  readonly me: { readonly user: string } | null;
}
const question: Operation<Me, { id: string }> = '\n  query Me { me { user } }\n';
const forbidden = { message: 'No.', extensions: { code: 'FORBIDDEN', traceId: 'abc', details: { a: 1 } } };

describe('A question', () => {
  it('is sent as it stands in the list of trusted documents, with who asks', async () => {
    const { client, fetchFn } = clientWith(() => Response.json({ data: { me: { user: 'ada' } } }));
    expect(await client.ask(question, { id: '7' })).toEqual({ me: { user: 'ada' } });
    const [url, init] = fetchFn.mock.calls[0]!;
    expect(url).toBe('http://gateway.test/graphql');
    expect(init.headers).toMatchObject({ authorization: 'Bearer t' });
    expect(JSON.parse(init.body as string)).toEqual({
      query: 'query Me { me { user } }',
      variables: { id: '7' },
    });
  });

  it('fails where any part of its answer is missing, with code, trace and details', async () => {
    const { client } = clientWith(() => Response.json({ data: { me: null }, errors: [forbidden] }));
    await expect(client.ask(question, { id: '7' })).rejects.toMatchObject({
      name: 'GatewayError',
      code: 'FORBIDDEN',
      message: 'No.',
      traceId: 'abc',
      details: { a: 1 },
      isPassing: false,
    });
  });

  it('that may be answered in part gives the part and the reasons', async () => {
    const { client } = clientWith(() => Response.json({ data: { me: null }, errors: [forbidden] }));
    const { data, errors } = await client.askPartly(question, { id: '7' });
    expect(data).toEqual({ me: null });
    expect(errors.map(({ code }) => code)).toEqual(['FORBIDDEN']);
  });

  it('that may be answered in part still fails where nothing came', async () => {
    const { client } = clientWith(() => Response.json({ errors: [forbidden] }));
    await expect(client.askPartly(question, { id: '7' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('that nobody answers may be asked again', async () => {
    const { client } = clientWith(() => Promise.reject(new TypeError('fetch failed')));
    await expect(client.ask(question, { id: '7' })).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      isPassing: true,
      message: 'The gateway does not answer (fetch failed); see that it runs, for example with `npm start`.',
    });
  });

  it('that takes too long is given up', async () => {
    const { client } = clientWith(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      20,
    );
    await expect(client.ask(question, { id: '7' })).rejects.toMatchObject({ code: 'GATEWAY_SILENT' });
  });

  it('answered by something else is told apart from one that was not answered', async () => {
    const { client } = clientWith(() => Response.json({ hello: 'world' }));
    await expect(client.ask(question, { id: '7' })).rejects.toMatchObject({
      code: 'ANSWER_INVALID',
      isPassing: false,
    });
  });
});

interface Tick {
  readonly tick: number;
}
const following: Operation<Tick, object> = 'subscription { tick }';

function events(...lines: readonly string[]): Response {
  return new Response(lines.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

function next(data: object): string {
  return `event: next\ndata: ${JSON.stringify(data)}\n\n`;
}

const complete = 'event: complete\ndata:\n\n';

async function collect(results: AsyncIterable<Tick>): Promise<readonly number[]> {
  const seen: number[] = [];
  for await (const { tick } of results) seen.push(tick);
  return seen;
}

describe('A subscription', () => {
  it('gives its results in order, until it is complete', async () => {
    const { client } = clientWith(() =>
      events(next({ data: { tick: 1 } }), ':\n\n', next({ data: { tick: 2 } }), complete),
    );
    expect(await collect(client.follow(following, {}))).toEqual([1, 2]);
  });

  it('tells that it is connected before the first result', async () => {
    const told: string[] = [];
    const { client } = clientWith(() => events(next({ data: { tick: 1 } }), complete));
    for await (const { tick } of client.follow(following, {}, undefined, () => told.push('connected')))
      told.push(`tick ${tick}`);
    expect(told).toEqual(['connected', 'tick 1']);
  });

  it('fails with the error that the gateway tells', async () => {
    const { client } = clientWith(() => events(next({ errors: [forbidden] })));
    await expect(collect(client.follow(following, {}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('that is refused says why, and is not taken for a lost connection', async () => {
    const { client } = clientWith(() => Response.json({ errors: [forbidden] }, { status: 403 }));
    await expect(collect(client.follow(following, {}))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      isPassing: false,
    });
  });

  it('that breaks off can be taken up again', async () => {
    const { client } = clientWith(() => events(next({ data: { tick: 1 } })));
    await expect(collect(client.follow(following, {}))).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      isPassing: true,
    });
  });
});
