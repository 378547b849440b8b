import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followForGood } from './follow-for-good.js';
import { GatewayError } from './gateway-error.js';

const lost = new GatewayError('GATEWAY_UNREACHABLE', 'The gateway does not answer.');

/** A source that tells `total` events behind the last one seen and breaks off after as many as `breaks` says, again and again. */
function brittleSource(total: number, breaks: readonly number[]) {
  const left = [...breaks];
  return async function* from(after: number): AsyncGenerator<number, void, undefined> {
    let untilBreak = left.shift() ?? Infinity;
    for (let sequence = after + 1; sequence <= total; sequence++) {
      if (untilBreak-- <= 0) throw lost;
      yield sequence;
    }
    if (untilBreak <= 0) throw lost;
  };
}

async function followAll(total: number, breaks: readonly number[]) {
  const seen: number[] = [];
  const live: boolean[] = [];
  const pauses: number[] = [];
  const source = brittleSource(total, breaks);
  await followForGood({
    begin: () => source(seen.at(-1) ?? 0),
    onItem: (sequence) => seen.push(sequence),
    onLive: (now) => live.push(now),
    signal: new AbortController().signal,
    sleep: async (ms) => void pauses.push(ms),
  });
  return { seen, live, pauses };
}

describe('Following for good', () => {
  it('misses nothing and tells nothing twice, wherever the connection breaks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 60 }),
        fc.array(fc.nat({ max: 10 }), { maxLength: 20 }),
        async (total, breaks) => {
          const { seen } = await followAll(total, breaks);
          expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1));
        },
      ),
    );
  });

  it('says when the connection is lost and when it is back', async () => {
    const { live } = await followAll(2, [1]);
    expect(live).toEqual([true, false, true]);
  });

  it('says that it is live as soon as it is connected, though nothing happens', async () => {
    const live: boolean[] = [];
    await followForGood({
      async *begin(onConnected) {
        onConnected();
        yield* [];
      },
      onItem: () => undefined,
      onLive: (now) => live.push(now),
      signal: new AbortController().signal,
    });
    expect(live).toEqual([true]);
  });

  it('asks more and more rarely while nobody answers, and at once again after a success', async () => {
    const { pauses } = await followAll(3, [0, 0, 0, 0, 0, 0, 1]);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 250]);
  });

  it('gives up on what asking again would not mend', async () => {
    const refused = new GatewayError('RUN_UNKNOWN', 'There is no such run.');
    const attempt = followForGood({
      begin: () => failing(refused),
      onItem: () => undefined,
      onLive: () => undefined,
      signal: new AbortController().signal,
    });
    await expect(attempt).rejects.toBe(refused);
  });

  it('stops when nobody wants to know any more', async () => {
    const over = new AbortController();
    const seen: number[] = [];
    await followForGood({
      begin: () => brittleSource(10, [])(0),
      onItem: (sequence) => {
        seen.push(sequence);
        if (sequence === 3) over.abort();
      },
      onLive: () => undefined,
      signal: over.signal,
    });
    expect(seen).toEqual([1, 2, 3]);
  });
});

function failing(error: Error): AsyncIterable<number> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) };
}
