import { expect, it } from 'vitest';
import { crowding } from './crowding.js';

it('is at least 1, and no more than everybody on this machine can cause', () => {
  const measured = crowding();
  expect(measured).toBeGreaterThanOrEqual(1);
  expect(measured).toBeLessThan(1000);
});
