import { setTimeout as sleep } from 'node:timers/promises';
import { collided } from './failure.js';

/** Collisions are rare, for publications queue for their number; ten in a row are no chance any more. */
const maxAttempts = 10;
const maxDelayMs = 50;

/** Begins a transaction again where it collided with another. */
export async function attempts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === maxAttempts || !collided(error)) throw error;
      await sleep(Math.random() * maxDelayMs);
    }
  }
}
