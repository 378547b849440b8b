import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.js';

const until = async (isSo: () => boolean) => {
  while (!isSo()) await sleep(1);
};

describe('a queue of keys', () => {
  it('never works at one key twice at once, and misses no news of it', async () => {
    const told = new Map<string, number>();
    const seen = new Map<string, number>();
    const busy = new Set<string>();
    let most = 0;
    const queue = new KeyedQueue({
      atOnce: 3,
      onFailure: () => undefined,
      async work(key) {
        expect(busy.has(key)).toBe(false);
        busy.add(key);
        most = Math.max(most, busy.size);
        const news = told.get(key) ?? 0;
        await sleep(1);
        seen.set(key, news);
        busy.delete(key);
        return { lookAgainInMs: undefined };
      },
    });
    for (let i = 0; i < 200; i += 1) {
      const key = `run ${i % 7}`;
      told.set(key, i);
      queue.add(key);
      if (i % 10 === 0) await sleep(1);
    }
    await until(() => [...told].every(([key, news]) => seen.get(key) === news));
    expect(most).toBe(3);
    await queue.stop();
  });

  it('tries again what fails, and looks again when it was asked to', async () => {
    const tries: number[] = [];
    let works = 0;
    const queue = new KeyedQueue({
      retryMs: 1,
      onFailure: (_key, _error, count) => tries.push(count),
      async work() {
        works += 1;
        if (works < 4) throw new Error('not yet');
        return { lookAgainInMs: works < 6 ? 1 : undefined };
      },
    });
    queue.add('a');
    await until(() => works === 6);
    expect(tries).toEqual([1, 2, 3]);
    await queue.stop();
  });

  it('stops when what it works at is done, and does nothing more', async () => {
    let isDone = false;
    const queue = new KeyedQueue({
      onFailure: () => undefined,
      async work() {
        await sleep(5);
        isDone = true;
        return { lookAgainInMs: 1 };
      },
    });
    queue.add('a');
    await queue.stop();
    expect(isDone).toBe(true);
    isDone = false;
    queue.add('a');
    await sleep(10);
    expect(isDone).toBe(false);
  });
});
