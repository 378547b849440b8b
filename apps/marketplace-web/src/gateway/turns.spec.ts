import { describe, expect, it, vi } from 'vitest';
import { createTurns } from './turns';

const never = new AbortController().signal;

describe('createTurns', () => {
  it('lets no more than so many be under way, in the order in which they came', async () => {
    const turns = createTurns(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((name) =>
      turns(
        () =>
          new Promise<number>((resolve) => {
            begun.push(name);
            ends[name] = () => {
              resolve(name);
            };
          }),
        never,
      ),
    );
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[1]?.();
    await all[1];
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    ends[0]?.();
    ends[2]?.();
    await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
    ends[3]?.();
    await expect(Promise.all(all)).resolves.toEqual([0, 1, 2, 3]);
  });

  it('passes over what nobody wants any more, and goes on after a failure', async () => {
    const turns = createTurns(1);
    const gone = new AbortController();
    const failed = turns(() => Promise.reject(new Error('away')), never);
    const unwanted = vi.fn(() => Promise.resolve('unwanted'));
    const passedOver = turns(unwanted, gone.signal);
    const wanted = turns(() => Promise.resolve('wanted'), never);
    gone.abort();
    await expect(failed).rejects.toThrow('away');
    await expect(passedOver).rejects.toThrow();
    await expect(wanted).resolves.toBe('wanted');
    expect(unwanted).not.toHaveBeenCalled();
  });
});
