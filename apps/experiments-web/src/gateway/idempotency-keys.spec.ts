import { describe, expect, it } from 'vitest';
import { forgetIdempotencyKey, idempotencyKeyOf } from './idempotency-keys';

describe('The key of an order', () => {
  it('is the same until the order is fulfilled', () => {
    const key = idempotencyKeyOf({ a: 1 });
    expect(idempotencyKeyOf({ a: 1 })).toBe(key);
    expect(idempotencyKeyOf({ a: 2 })).not.toBe(key);
    forgetIdempotencyKey({ a: 1 });
    expect(idempotencyKeyOf({ a: 1 })).not.toBe(key);
  });
});
