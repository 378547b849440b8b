import type { Identity } from '@moda/service-kit';
import type { Database } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '../../problem/problem.js';
import { openTrainingDatabase } from '../../runs/open-run-store.js';
import { type AccessParts, accessOn } from '../testing/memory-access.js';
import type { Created, TokenRequest } from './token-orders.js';

const dayMs = 86_400_000;
const time = { now: new Date('2026-03-01T12:00:00Z') };
let database: Database;
let parts: AccessParts;

beforeAll(async () => {
  database = await openTrainingDatabase({});
  parts = accessOn(database, () => time.now);
});
afterAll(() => database.close());

const ada: Identity = { user: 'ada', role: 'publisher', kind: 'oidc' };
const root: Identity = { user: 'root', role: 'admin', kind: 'oidc' };

async function created(by: Identity, request: Partial<TokenRequest> = {}): Promise<Created> {
  const outcome = await parts.tokens.create(by, { name: 'laptop', role: 'viewer', ...request });
  if (isProblem(outcome)) throw new Error(outcome.message);
  return outcome;
}

function later(ms: number): void {
  time.now = new Date(time.now.getTime() + ms);
}

describe('a personal access token', () => {
  it('is its user, with its own role and not the one of the user', async () => {
    const { text, record } = await created(ada, { role: 'researcher' });
    expect(await parts.tokenStore.check(text)).toEqual({
      user: 'ada',
      role: 'researcher',
      kind: 'token',
      expiresAt: record.expiresAt,
    });
  });

  it('is nowhere in the database', async () => {
    const { text } = await created(ada);
    const secret = text.split('_').slice(3).join('_');
    const rows = await database.read((store) => store.execute(sql`select * from training.tokens`));
    expect(JSON.stringify(rows)).toContain(text.split('_')[2]);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('lasts 90 days, or as long as was said', async () => {
    const usual = await created(ada);
    expect(usual.record.expiresAt.getTime() - time.now.getTime()).toBe(90 * dayMs);
    const { text } = await created(ada, { expiresInDays: 1 });
    later(dayMs - 1);
    await expect(parts.tokenStore.check(text)).resolves.toMatchObject({ user: 'ada' });
    later(1);
    await expect(parts.tokenStore.check(text)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('ends at once when it is revoked, and stays so', async () => {
    const { text, record } = await created(ada);
    const revoked = await parts.tokens.revoke(ada, record.id);
    expect(revoked).toMatchObject({ id: record.id, revokedAt: time.now });
    await expect(parts.tokenStore.check(text)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    const at = time.now;
    later(1_000);
    expect(await parts.tokens.revoke(ada, record.id)).toMatchObject({ revokedAt: at });
  });

  it('is none with another secret, and the answer does not tell which part is wrong', async () => {
    const one = await created(ada);
    const other = await created(ada);
    const mixed = one.text.slice(0, -43) + other.text.slice(-43);
    const unknown = `moda_pat_${'0'.repeat(24)}_${other.text.slice(-43)}`;
    const messages: string[] = [];
    for (const text of [mixed, unknown])
      await parts.tokenStore.check(text).catch((error: unknown) => messages.push((error as Error).message));
    expect(messages).toHaveLength(2);
    expect(new Set(messages).size).toBe(1);
  });

  it('tells when it was last used, to the minute', async () => {
    const { text, record } = await created(ada);
    const lastUsed = async () => (await parts.tokenStore.token(record.id))?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await parts.tokenStore.check(text);
    const first = time.now;
    expect(await lastUsed()).toEqual(first);
    later(59_000);
    await parts.tokenStore.check(text);
    expect(await lastUsed()).toEqual(first);
    later(1_001);
    await parts.tokenStore.check(text);
    expect(await lastUsed()).toEqual(time.now);
  });
});

describe('somebody who makes a token', () => {
  it('gives it no higher role than their own', async () => {
    await expect(created(ada, { role: 'admin' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const known: Identity = { user: 'eve', role: undefined, kind: 'oidc' };
    await expect(created(known)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('makes none for others, but for administrators', async () => {
    await expect(created(ada, { user: 'bob' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await created(root, { user: 'bob' })).record).toMatchObject({ user: 'bob', createdBy: 'root' });
  });

  it('with a token makes none that outlives it', async () => {
    const expiresAt = new Date(time.now.getTime() + dayMs);
    const found: Identity = { ...ada, kind: 'token', expiresAt };
    expect((await created(found, { expiresInDays: 366 })).record.expiresAt).toEqual(expiresAt);
  });

  it.each<[Partial<TokenRequest>, string]>([
    [{ role: 'king' }, 'There is no role "king"; give viewer, researcher, publisher, admin.'],
    [{ name: ' ' }, 'The name of a token has 1 to 100 characters; say what it is for.'],
    [{ expiresInDays: 0 }, 'A token lasts 1 to 366 whole days; give a number of them.'],
    [{ expiresInDays: 367 }, 'A token lasts 1 to 366 whole days; give a number of them.'],
    [{ expiresInDays: 1.5 }, 'A token lasts 1 to 366 whole days; give a number of them.'],
    [{ user: 'a b' }, 'The name of a user has 1 to 128 letters, digits and signs of .@+:|/_-; give one.'],
  ])('is told what is wrong: %j', async (request, message) => {
    const outcome = await parts.tokens.create(root, { name: 'n', role: 'viewer', ...request });
    expect(outcome).toMatchObject({ kind: 'problem', code: 'TOKEN_INVALID', message });
  });

  it('keeps no more than a hundred', async () => {
    const many: Identity = { ...ada, user: 'many' };
    for (let i = 0; i < 100; i += 1) await created(many);
    await expect(created(many)).rejects.toThrow('many has 100 tokens that are good');
  });
});

describe('a list of tokens', () => {
  it('shows one’s own, and everybody’s to administrators only', async () => {
    const own: Identity = { ...ada, user: 'lin' };
    await created(own);
    expect((await parts.tokens.list(own, false)).map(({ user }) => user)).toEqual(['lin']);
    await expect(parts.tokens.list(own, true)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(new Set((await parts.tokens.list(root, true)).map(({ user }) => user)).size).toBeGreaterThan(1);
  });

  it('is one’s own to end, and everybody’s for administrators', async () => {
    const { record } = await created(ada);
    const eve: Identity = { ...ada, user: 'eve' };
    expect(await parts.tokens.revoke(eve, record.id)).toMatchObject({ code: 'TOKEN_UNKNOWN' });
    expect(await parts.tokens.revoke(root, record.id)).toMatchObject({ revokedAt: time.now });
  });
});
