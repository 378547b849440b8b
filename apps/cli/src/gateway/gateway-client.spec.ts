import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentOf } from './document.js';
import { GatewayClient } from './gateway-client.js';
import { type Answers, type FakeGateway, startFakeGateway } from './testing/fake-gateway.js';

const gateways: FakeGateway[] = [];
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.stop();
});

async function start(...given: Parameters<typeof startFakeGateway>): Promise<FakeGateway> {
  const gateway = await startFakeGateway(...given);
  gateways.push(gateway);
  return gateway;
}

const me = documentOf(
  'query Me { me { user } }',
  z.object({ me: z.object({ user: z.string() }).nullable() }),
);

const clientOf = (address: string, more: Partial<ConstructorParameters<typeof GatewayClient>[0]> = {}) =>
  new GatewayClient({ address, signal: new AbortController().signal, ...more });

describe('a question', () => {
  it('is answered, and says who asks', async () => {
    const { url, asked } = await start({ me: { user: 'ada' } });
    const client = clientOf(`${url}/`, { token: async () => 'moda_pat_1_2' });
    expect(await client.ask(me, {})).toEqual({ me: { user: 'ada' } });
    expect(asked).toEqual([{ operation: 'Me', variables: {}, authorization: 'Bearer moda_pat_1_2' }]);
  });

  it('says nothing of the caller where nobody is logged in', async () => {
    const { url, asked } = await start({ me: { user: 'local' } });
    await clientOf(url).ask(me, {});
    expect(asked[0]?.authorization).toBeUndefined();
  });

  it('has one trace with all others of the command', async () => {
    const traces: unknown[] = [];
    const { url } = await start({ me: { user: 'ada' } }, ({ headers }) => {
      traces.push(headers['traceparent']);
      return undefined;
    });
    const client = clientOf(url);
    await client.ask(me, {});
    await client.ask(me, {});
    expect(traces[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(traces[1]).toBe(traces[0]);
  });

  it('that is answered in part is answered, and the rest is told', async () => {
    const partial: Answers = {
      run: { id: 'a', versions: () => Promise.reject(new Error('The registry does not answer.')) },
    };
    const { url } = await start(partial);
    const told: string[] = [];
    const document = documentOf(
      'query Run { run(id: "a") { id versions { digest } } }',
      z.object({ run: z.object({ id: z.string(), versions: z.null() }) }),
    );
    const answer = await clientOf(url, { onPartial: (message) => told.push(message) }).ask(document, {});
    expect(answer).toEqual({ run: { id: 'a', versions: null } });
    expect(told).toEqual(['The registry does not answer.']);
  });
});

describe('what goes wrong is one sentence:', () => {
  const failing = (address: string) => clientOf(address).ask(me, {});

  it('nothing listens', async () => {
    const gateway = await startFakeGateway({});
    await gateway.stop();
    await expect(failing(gateway.url)).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
      message: `Nothing answers at ${gateway.url}; start it with \`npm start\`, or name another with --gateway.`,
    });
  });

  it.each([
    ['a page of another program', 200, '<html>', 'the answer is no JSON (status 200)'],
    ['another JSON', 404, ['not found'], 'the answer is not one of GraphQL'],
    ['an answer of another version', 200, { data: { you: 1 } }, 'the answer is wrong at me'],
  ])('%s', async (_what, status, body, fact) => {
    const { url } = await start({}, () => ({ status, body: typeof body === 'string' ? undefined : body }));
    await expect(failing(url)).rejects.toMatchObject({
      code: 'GATEWAY_ANSWER_INVALID',
      message: `What answers at ${url} is no gateway that this version understands: ${fact}; name another with --gateway.`,
    });
  });

  it.each([
    [{ errors: [{ message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } }] }],
    [{ error: { code: 'UNAUTHENTICATED', message: 'Say who you are.' } }],
  ])('a refusal keeps its code and its words: %j', async (body) => {
    const { url } = await start({}, () => ({ status: 401, body }));
    await expect(failing(url)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'Say who you are.',
    });
  });

  it('a code of a later version', async () => {
    const body = { errors: [{ message: 'The moon is full.', extensions: { code: 'MOON_FULL' } }] };
    const { url } = await start({}, () => ({ status: 200, body }));
    await expect(failing(url)).rejects.toMatchObject({
      code: 'GATEWAY_REFUSED',
      message: 'The moon is full.',
      details: { code: 'MOON_FULL' },
    });
  });

  it('something unexpected names its trace', async () => {
    const extensions = { code: 'UNEXPECTED', traceId: 'abc123' };
    const { url } = await start({}, () => ({
      status: 200,
      body: { errors: [{ message: 'It broke.', extensions }] },
    }));
    await expect(failing(url)).rejects.toMatchObject({ message: 'It broke (trace abc123).' });
  });

  it('an interruption', async () => {
    const { url } = await start({ me: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const asking = clientOf(url, { signal: controller.signal }).ask(me, {});
    setTimeout(() => controller.abort(), 50);
    await expect(asking).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

describe('a subscription', () => {
  const events = documentOf(
    'subscription RunEvents { runEvents(id: "a") { sequence } }',
    z.object({ runEvents: z.object({ sequence: z.number() }) }),
  );
  async function* counting(until: number): AsyncGenerator {
    for (let sequence = 1; sequence <= until; sequence += 1) yield { runEvents: { sequence } };
  }

  it('tells every result until it is over', async () => {
    const { url } = await start({ runEvents: () => counting(3) });
    const heard: number[] = [];
    for await (const { runEvents } of clientOf(url).follow(events, {})) heard.push(runEvents.sequence);
    expect(heard).toEqual([1, 2, 3]);
  });

  it('that breaks says so', async () => {
    const gateway = await start({
      async *runEvents() {
        yield { runEvents: { sequence: 1 } };
        await new Promise(() => undefined);
      },
    });
    const hearing = clientOf(gateway.url).follow(events, {});
    expect((await hearing.next()).value).toEqual({ runEvents: { sequence: 1 } });
    gateway.cut();
    await expect(hearing.next()).rejects.toMatchObject({ code: 'GATEWAY_UNREACHABLE' });
  });

  it('that nobody wants any more ends at once', async () => {
    const { url } = await start({
      runEvents: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }),
    });
    const controller = new AbortController();
    const hearing = clientOf(url, { signal: controller.signal }).follow(events, {});
    setTimeout(() => controller.abort(), 50);
    await expect(hearing.next()).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('that is refused says why', async () => {
    const body = { errors: [{ message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } }] };
    const { url } = await start({}, () => ({ status: 401, body }));
    await expect(clientOf(url).follow(events, {}).next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
