import { describe, expect, it } from 'vitest';
import { withRetries } from './retry.js';

describe('a request that fails', () => {
  const policy = { attempts: 4, firstDelayMs: 1, maxDelayMs: 2 };
  const failing = (times: number) => {
    const work = async () => {
      work.calls += 1;
      if (work.calls <= times) throw new Error(`failure ${work.calls}`);
      return 'done';
    };
    work.calls = 0;
    return work;
  };

  it('is tried as often as the policy says, the first time included', async () => {
    const work = failing(3);
    expect(await withRetries(policy, () => true, work)).toBe('done');
    expect(work.calls).toBe(4);
    const hopeless = failing(4);
    await expect(withRetries(policy, () => true, hopeless)).rejects.toThrow('failure 4');
    expect(hopeless.calls).toBe(4);
  });

  it('for good is not tried again', async () => {
    const work = failing(1);
    await expect(withRetries(policy, () => false, work)).rejects.toThrow('failure 1');
    expect(work.calls).toBe(1);
  });
});
