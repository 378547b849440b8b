import { randomKey } from './random-key';

const keys = new Map<string, string>();

/**
 * A key for an order: the same for the same content until it was fulfilled, so that a press again after a lost answer finds what the first
 * one made.
 */
export function idempotencyKeyOf(order: unknown): string {
  const content = JSON.stringify(order);
  const key = keys.get(content) ?? randomKey();
  keys.set(content, key);
  return key;
}

/** The same order is a new one from now on. */
export function forgetIdempotencyKey(order: unknown): void {
  keys.delete(JSON.stringify(order));
}
