import { afterEach, describe, expect, it } from 'vitest';
import { GatewayClient } from '../gateway/gateway-client.js';
import { type FakeGateway, startFakeGateway } from '../gateway/testing/fake-gateway.js';
import { followEvents, type FollowOptions } from './follow-events.js';
import { eventBodies, eventsOf, sampleRun } from './testing/sample-runs.js';

const gateways: FakeGateway[] = [];
afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.stop();
});

const total = 120;
const events = eventsOf(
  Array.from({ length: total }, (_, step) => ['metric', eventBodies.metric(step, { total: step })] as const),
);
const timings = { firstDelayMs: 1, maxDelayMs: 20, patienceMs: 10_000 };

async function start(...given: Parameters<typeof startFakeGateway>): Promise<FakeGateway> {
  const gateway = await startFakeGateway(...given);
  gateways.push(gateway);
  return gateway;
}

function follow(gateway: FakeGateway, more: Partial<FollowOptions> = {}) {
  const signal = more.signal ?? new AbortController().signal;
  const client = new GatewayClient({ address: gateway.url, signal });
  return followEvents({ client, id: 'a', after: 0, signal, timings, ...more });
}

async function sequencesOf(following: ReturnType<typeof followEvents>): Promise<number[]> {
  const heard: number[] = [];
  for await (const { sequence } of following) heard.push(sequence);
  return heard;
}

const all = events.map(({ sequence }) => sequence);
const over = { run: sampleRun({ lastSequence: total }) };

/** What is behind a sequence number, at most so many and then the end of the connection. */
function tellFrom(after: number, most = Infinity) {
  return (async function* () {
    for (const event of events.slice(after, after + most)) yield { runEvents: event };
  })();
}

describe('a follower', () => {
  it('hears every event once and in order, and then the end', async () => {
    const gateway = await start({ ...over, runEvents: ({ after }: { after: number }) => tellFrom(after) });
    expect(await sequencesOf(follow(gateway))).toEqual(all);
    expect(await sequencesOf(follow(gateway, { after: total - 2 }))).toEqual(all.slice(-2));
  });

  it('misses and repeats nothing where connections end or break again and again', async () => {
    let connections = 0;
    const gateway = await start({
      ...over,
      runEvents: ({ after }: { after: number }) => {
        connections += 1;
        // Every other one breaks in the middle, and tells once more what was told before.
        return connections % 2 === 0 ? tellFrom(after, 3) : tellFrom(Math.max(0, after - 2), 5);
      },
    });
    let heard = 0;
    const following = follow(gateway);
    const sequences: number[] = [];
    for await (const { sequence } of following) {
      sequences.push(sequence);
      if ((heard += 1) % 7 === 0) gateway.cut();
    }
    expect(sequences).toEqual(all);
    expect(connections).toBeGreaterThan(30);
  });

  it('comes back to a gateway that was started again, and says that it was away', async () => {
    const told: string[] = [];
    const gateway = await start({
      ...over,
      async *runEvents({ after }: { after: number }) {
        yield* tellFrom(after, 10);
        if (after === 0) await new Promise(() => undefined);
      },
    });
    const sequences: number[] = [];
    for await (const { sequence } of follow(gateway, { onBroken: ({ code }) => told.push(code) })) {
      sequences.push(sequence);
      if (sequence === 10) {
        await gateway.stop();
        setTimeout(() => void gateway.start(), 100);
      }
    }
    expect(sequences).toEqual(all);
    expect(new Set(told)).toEqual(new Set(['GATEWAY_UNREACHABLE']));
  });

  it('waits for a service behind the gateway', async () => {
    let asked = 0;
    const away = {
      message: 'The service "training" does not answer.',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    };
    const gateway = await start(
      { ...over, runEvents: ({ after }: { after: number }) => tellFrom(after) },
      () => ((asked += 1) <= 3 ? { status: 200, body: { errors: [away] } } : undefined),
    );
    expect(await sequencesOf(follow(gateway))).toEqual(all);
  });

  it('hears of what does not pass by itself', async () => {
    const refusal = { message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } };
    const gateway = await start({}, () => ({ status: 401, body: { errors: [refusal] } }));
    await expect(sequencesOf(follow(gateway))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('gives up when nothing answers for long', async () => {
    const gateway = await startFakeGateway({});
    await gateway.stop();
    const patience = { ...timings, patienceMs: 30 };
    await expect(sequencesOf(follow(gateway, { timings: patience }))).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
    });
  });

  it('leaves at once when it is told to, while it waits too', async () => {
    const gateway = await startFakeGateway({});
    await gateway.stop();
    const controller = new AbortController();
    const slow = { firstDelayMs: 60_000, maxDelayMs: 60_000, patienceMs: 60_000 };
    const following = sequencesOf(follow(gateway, { signal: controller.signal, timings: slow }));
    setTimeout(() => controller.abort(), 50);
    await expect(following).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
