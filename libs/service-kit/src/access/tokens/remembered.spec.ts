import { ModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../identity.js';
import { remembered } from './remembered.js';

const ada: Identity = { user: 'ada', role: 'viewer', kind: 'token' };

/** Answers that count how often they are asked for. */
function start(answer: () => Promise<Identity>) {
  const time = { ms: 0 };
  let asked = 0;
  const check = remembered(
    () => {
      asked += 1;
      return answer();
    },
    () => time.ms,
  );
  return { time, check, asked: () => asked };
}

describe('an answer about a token', () => {
  it('is remembered for half a minute', async () => {
    const { time, check, asked } = start(async () => ada);
    await Promise.all([check('a'), check('a'), check('b')]);
    expect(asked()).toBe(2);
    time.ms = 29_999;
    expect(await check('a')).toEqual(ada);
    expect(asked()).toBe(2);
    time.ms = 30_000;
    await check('a');
    expect(asked()).toBe(3);
  });

  it('that refuses is remembered too', async () => {
    const { check, asked } = start(() => Promise.reject(new ModaError('TOKEN_REVOKED', 'Revoked.')));
    for (let i = 0; i < 3; i += 1) await expect(check('a')).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    expect(asked()).toBe(1);
  });

  it('that could not be had is asked for again', async () => {
    const answers = [Promise.reject(new ModaError('ACCESS_UNAVAILABLE', 'Away.')), Promise.resolve(ada)];
    const { check, asked } = start(() => answers.shift()!);
    await expect(check('a')).rejects.toMatchObject({ code: 'ACCESS_UNAVAILABLE' });
    expect(await check('a')).toEqual(ada);
    expect(asked()).toBe(2);
  });

  it('does not outlive the token', async () => {
    const { time, check, asked } = start(async () => ({ ...ada, expiresAt: new Date(10_000) }));
    await check('a');
    time.ms = 10_000;
    await check('a');
    expect(asked()).toBe(2);
  });

  it('is forgotten when there are too many', async () => {
    const { check, asked } = start(async () => ada);
    await check('first');
    for (let i = 0; i < 10_000; i += 1) await check(String(i));
    await check('first');
    expect(asked()).toBe(10_002);
  });
});
