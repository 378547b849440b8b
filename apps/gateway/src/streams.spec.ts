import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '@moda/service-kit';
import { crowding } from '@moda/service-kit/testing';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openTickCount, startGardenService } from './testing/garden.js';
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

const joined = 'subscription { ticks(upTo: 5) { number pot { size herbs { name } } } }';
const endless = 'subscription { ticks(upTo: 1000000) { number } }';
const joinedResults = [1, 2, 3, 4, 5].map((number) => ({
  data: { ticks: { number, pot: { size: number * 10, herbs: [{ name: `thyme ${number}` }] } } },
}));

function overSocket(url: string, query: string, options: object = {}): AsyncIterableIterator<unknown> {
  const client: Client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
  return client.iterate({ query });
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const result of results) found.push(result);
  return found;
}

/** In the service behind, soon. */
async function nobodyListens(): Promise<void> {
  await vi.waitFor(() => expect(openTickCount()).toBe(0), { timeout: 10_000 });
}

const ways = {
  'server-sent events': (url: string, query: string) =>
    url === gateway.url ? gateway.listen(query) : other.listen(query),
  WebSocket: overSocket,
} as const;

let other: TestGateway;

describe.each(Object.entries(ways))('a subscription over %s', (_way, listen) => {
  it('gives every event, joined with the other service', async () => {
    expect(await all(listen(gateway.url, joined))).toEqual(joinedResults);
    await nobodyListens();
  });

  it('ends in the service behind when its caller leaves', async () => {
    const results = listen(gateway.url, endless);
    for (let event = 0; event < 3; event += 1) await results.next();
    expect(openTickCount()).toBe(1);
    await results.return?.(undefined);
    await nobodyListens();
  });

  it('says that its service died, and ends', async () => {
    const dying = await startGardenService('pots');
    other = await startTestGateway({ pots: dying.url });
    const results = listen(other.url, endless);
    await results.next();
    // What hangs on to its connections is cut, as a killed process is.
    const stopped = dying.stop();
    const rest = await all(results);
    await stopped;
    const last = rest.at(-1) as { errors: readonly { extensions: { code: string } }[] };
    expect(['SUBGRAPH_UNAVAILABLE', 'SERVICE_STOPPING']).toContain(last.errors[0]!.extensions.code);
    await other.stop();
  });

  it('says that its service is away', async () => {
    other = await startTestGateway({ herbs: herbs.url });
    expect(await all(listen(other.url, endless))).toMatchObject([
      { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'pots' } }] },
    ]);
    await other.stop();
  });

  it('gets a last word when the gateway stops, which is done at once', async () => {
    other = await startTestGateway({ pots: pots.url }, { stopGraceMs: 10_000 });
    const results = listen(other.url, endless);
    await results.next();
    const startedAt = performance.now();
    const [rest] = await Promise.all([all(results), other.stop()]);
    expect(rest.at(-1)).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_STOPPING' } }] });
    expect(performance.now() - startedAt).toBeLessThan(3_000 * crowding());
    await nobodyListens();
  });
});

describe('a service that dies without a word', () => {
  it('is noticed when its connection breaks', async () => {
    const { url, server } = await streaming((response) => {
      response.write('event: next\ndata: {"data":{"ticks":{"number":1}}}\n\n');
      setTimeout(() => response.destroy(), 20);
    });
    const half = await startTestGateway({ pots: url });
    const results = await all(half.listen(endless));
    expect(results).toMatchObject([
      { data: { ticks: { number: 1 } } },
      { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'pots' } }] },
    ]);
    await half.stop();
    server.close();
  });

  it('is noticed when it has been silent for too long', async () => {
    const { url, server } = await streaming((response) => response.write(':\n\n'));
    const half = await startTestGateway({ pots: url }, { silenceMs: 200 });
    expect(await all(half.listen(endless))).toMatchObject([
      { errors: [{ extensions: { details: { reason: 'nothing within 200 ms' } } }] },
    ]);
    await half.stop();
    server.closeAllConnections();
    server.close();
  });
});

describe('a connection', () => {
  it('is refused to a page of a foreign site', async () => {
    class FromAfar extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { origin: 'https://evil.example' });
      }
    }
    const results = overSocket(gateway.url, joined, { webSocketImpl: FromAfar });
    await expect(all(results)).rejects.toThrow(/403/);
  });

  it.each(Object.entries(ways))('over %s answers subscriptions and nothing else', async (_way, listen) => {
    const refusal = { extensions: { code: 'REQUEST_INVALID' } };
    const outcome = await all(listen(gateway.url, '{ herbs { name } }')).catch((errors: unknown) => [
      { errors },
    ]);
    expect(outcome).toMatchObject([{ errors: [refusal] }]);
  });

  it.each(Object.entries(ways))('over %s holds questions to the same limits', async (_way, listen) => {
    const deep = `subscription { ticks { pot ${'{ neighbour '.repeat(20)} { id } ${'}'.repeat(20)} } }`;
    const outcome = await all(listen(gateway.url, deep)).catch((errors: unknown) => [{ errors }]);
    expect(outcome).toMatchObject([{ errors: [{ extensions: { code: 'REQUEST_TOO_COMPLEX' } }] }]);
  });
});

async function streaming(
  answer: (response: import('node:http').ServerResponse) => void,
): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
