import { describe, expect, it } from 'vitest';
import { boundedQueue } from './bounded-queue.js';

const queueOf = (limit: number) => boundedQueue<{ n: number }>(limit, () => new Error('too slow'));

describe('what waits for a subscriber', () => {
  it('comes in order, and then the end', async () => {
    const queue = queueOf(3);
    for (const n of [1, 2, 3]) expect(queue.push({ n })).toBe(true);
    queue.close();
    expect([await queue.take(), await queue.take(), await queue.take(), await queue.take()]).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
      undefined,
    ]);
  });

  it('is waited for', async () => {
    const queue = queueOf(1);
    const taking = queue.take();
    queue.push({ n: 1 });
    expect(await taking).toEqual({ n: 1 });
  });

  it('is dropped where it becomes too much, and the subscriber learns why', async () => {
    const queue = queueOf(2);
    expect([1, 2, 3, 4].map((n) => queue.push({ n }))).toEqual([true, true, false, false]);
    await expect(queue.take()).rejects.toThrow('too slow');
    await expect(queue.take()).rejects.toThrow('too slow');
  });

  it('takes nothing after its end', async () => {
    const queue = queueOf(2);
    const taking = queue.take();
    queue.close();
    expect(queue.push({ n: 1 })).toBe(false);
    expect(await taking).toBeUndefined();
  });
});
