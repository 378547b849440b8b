import { describe, expect, it } from 'vitest';
import { restartPolicy } from './restart-policy.js';

describe('a service that ends by itself', () => {
  it('is started again after longer and longer waits, five times in a minute', () => {
    const policy = restartPolicy(() => 0);
    expect([1, 2, 3, 4, 5, 6].map(() => policy.afterEnd())).toEqual([500, 1000, 2000, 4000, 8000, undefined]);
  });

  it('is forgiven what is longer ago', () => {
    let time = 0;
    const policy = restartPolicy(() => time);
    for (let end = 0; end < 5; end += 1) policy.afterEnd();
    time = 60_000;
    expect(policy.afterEnd()).toBe(500);
  });
});
