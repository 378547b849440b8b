import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventServer } from './testing/event-server.js';
import { Subscriber } from './testing/subscriber.js';

const megabyte = 2 ** 20;
/** What 500 subscribers may cost together: sockets, requests and what waits for each. */
const bounds = { open: 100 * megabyte, behind: 60 * megabyte };

let server: EventServer;
let subscribers: Subscriber[] = [];
beforeEach(async () => {
  server = await EventServer.start();
});
afterEach(async () => {
  for (const subscriber of subscribers) subscriber.close();
  subscribers = [];
  await server.stop();
});

async function subscribe(after: number, fields?: string): Promise<Subscriber> {
  const subscriber = await Subscriber.open(server.url, server.runId, after, fields);
  subscribers.push(subscriber);
  return subscriber;
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
const inMegabytes = (bytes: number) => `${Math.round(bytes / megabyte)} MiB`;

/** So many times the text of an event: those who ask for it get a hundred times the bytes of those who do not. */
const manyTexts = `body { ${Array.from({ length: 15 }, (_, i) => `... on LogLine { t${i}: text }`).join(' ')} }`;

describe('500 subscribers of one run', () => {
  it('hear every event once, those that do not read are dropped with the reason, and memory is bounded', async () => {
    const before = await server.ask({ kind: 'memory' });
    const readers = await Promise.all(Array.from({ length: 495 }, () => subscribe(0)));
    const slow = await Promise.all(Array.from({ length: 5 }, () => subscribe(0, manyTexts)));
    await vi.waitFor(() => expect(slow.every(({ last }) => last === 4)).toBe(true), 20_000);
    const open = await server.ask({ kind: 'memory' });
    for (const subscriber of slow) subscriber.pause();

    // More than may wait for one, and 40 that fill what its socket takes beside them.
    let appended = open;
    for (let i = 0; i < 70; i += 1) appended = await server.ask({ kind: 'append', bytes: 20_000 });
    const { lastSequence } = appended;
    await vi.waitFor(() => expect(readers.every(({ last }) => last === lastSequence)).toBe(true), 60_000);
    const behind = await server.ask({ kind: 'memory' });

    const resumed = await Promise.all(
      slow.map(async (subscriber) => {
        subscriber.resume();
        await subscriber.ended;
        expect(subscriber.failure).toMatchObject({
          code: 'SUBSCRIBER_TOO_SLOW',
          details: { runId: server.runId, after: subscriber.last },
        });
        expect(subscriber.last).toBeLessThan(lastSequence);
        return subscribe(subscriber.last);
      }),
    );
    const { lastSequence: end } = await server.ask({ kind: 'end' });
    await Promise.all([...readers, ...resumed].map(({ ended }) => ended));
    const after = await server.ask({ kind: 'memory' });

    for (const reader of readers) expect(reader.sequences).toEqual(upTo(end));
    for (const [i, subscriber] of slow.entries())
      expect([...subscriber.sequences, ...resumed[i]!.sequences]).toEqual(upTo(end));
    console.log(
      Object.entries({ before, open, behind, after })
        .map(([when, { heapUsed, rss }]) => `${when}: heap ${inMegabytes(heapUsed)}, RSS ${inMegabytes(rss)}`)
        .join('; '),
      `; slow ones dropped after ${slow.map(({ last }) => last).join(', ')} of ${end} events`,
    );
    expect(open.heapUsed - before.heapUsed).toBeLessThan(bounds.open);
    expect(behind.heapUsed - open.heapUsed).toBeLessThan(bounds.behind);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(bounds.behind);
  });
});
