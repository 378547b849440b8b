import { expect, it } from 'vitest';
import { beforeAbort } from './before-abort.js';

const never = new Promise<never>(() => undefined);

it('gives what the work gives', async () => {
  const { signal } = new AbortController();
  expect(await beforeAbort(Promise.resolve(1), signal)).toBe(1);
  await expect(beforeAbort(Promise.reject(new Error('It failed.')), signal)).rejects.toThrow('It failed.');
});

it('leaves work behind that does not look up', async () => {
  const stop = new AbortController();
  const left = beforeAbort(never, stop.signal);
  stop.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  await expect(beforeAbort(never, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
