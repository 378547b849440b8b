import { isModaError, ModaError } from '@moda/contracts';
import {
  type CheckToken,
  fitsDigest,
  newToken,
  readToken,
  type Role,
  secretDigest,
  unauthenticated,
  writeToken,
} from '@moda/service-kit';
import type { Database } from '@moda/service-kit/database';
import { and, count, desc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { tokens } from '../schema/tokens.js';

export interface TokenRecord {
  readonly id: string;
  /** Who is known by it. */
  readonly user: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export type NewTokenRecord = Pick<TokenRecord, 'user' | 'name' | 'role' | 'createdBy' | 'expiresAt'>;

/** The personal access tokens. */
export interface TokenStore {
  /** The text is nowhere else: it cannot be shown again. */
  create(token: NewTokenRecord): Promise<{ readonly record: TokenRecord; readonly text: string }>;
  token(id: string): Promise<TokenRecord | undefined>;
  /** Of one user or of everybody, the newest first; 1,000 at most. */
  tokens(user?: string): Promise<readonly TokenRecord[]>;
  /** How many of a user's tokens are good. */
  goodOf(user: string): Promise<number>;
  revoke(id: string): Promise<TokenRecord | undefined>;
  readonly check: CheckToken;
}

/** Often enough to find tokens that nobody uses any more, and no write for every request. */
const useNotedMs = 60_000;
const maxListed = 1_000;

const shown = {
  id: tokens.id,
  user: tokens.user,
  name: tokens.name,
  role: tokens.role,
  createdAt: tokens.createdAt,
  createdBy: tokens.createdBy,
  expiresAt: tokens.expiresAt,
  lastUsedAt: tokens.lastUsedAt,
  revokedAt: tokens.revokedAt,
};

export function openTokenStore(database: Database, clock: () => Date): TokenStore {
  return {
    async create(token) {
      const { id, secret } = newToken();
      const row = { ...token, id, createdAt: clock(), secretDigest: secretDigest(secret) };
      const [record] = await database.change((store) => store.insert(tokens).values(row).returning(shown));
      return { record: record!, text: writeToken({ id, secret }) };
    },

    token: (id) =>
      database.read(async (store) => (await store.select(shown).from(tokens).where(eq(tokens.id, id)))[0]),

    tokens: (user) =>
      database.read((store) =>
        store
          .select(shown)
          .from(tokens)
          .where(user === undefined ? undefined : eq(tokens.user, user))
          .orderBy(desc(tokens.createdAt), tokens.id)
          .limit(maxListed),
      ),

    goodOf: (user) =>
      database.read(async (store) => {
        const good = and(eq(tokens.user, user), isNull(tokens.revokedAt), gt(tokens.expiresAt, clock()));
        return (await store.select({ count: count() }).from(tokens).where(good))[0]?.count ?? 0;
      }),

    revoke: (id) =>
      database.change(async (store) => {
        const unrevoked = and(eq(tokens.id, id), isNull(tokens.revokedAt));
        await store.update(tokens).set({ revokedAt: clock() }).where(unrevoked);
        return (await store.select(shown).from(tokens).where(eq(tokens.id, id)))[0];
      }),

    check: (text) => checkToken(database, clock(), text).catch(asUnavailable),
  };
}

async function checkToken(database: Database, now: Date, text: string): ReturnType<CheckToken> {
  const given = readToken(text);
  if (given === undefined) throw unauthenticated('The personal access token is not whole');
  const [found] = await database.read((store) => store.select().from(tokens).where(eq(tokens.id, given.id)));
  if (found === undefined || !fitsDigest(given.secret, found.secretDigest))
    throw unauthenticated('No personal access token of this installation is the one that was sent');
  const { id, user, role, expiresAt, revokedAt, lastUsedAt } = found;
  if (revokedAt !== null)
    throw new ModaError('TOKEN_REVOKED', 'The personal access token was revoked; use another one.', {
      revokedAt: revokedAt.toISOString(),
    });
  if (expiresAt <= now)
    throw new ModaError('TOKEN_EXPIRED', 'The personal access token has expired; make a new one.', {
      expiredAt: expiresAt.toISOString(),
    });
  const stale = new Date(now.getTime() - useNotedMs);
  if (lastUsedAt === null || lastUsedAt <= stale) {
    const unnoted = and(eq(tokens.id, id), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, stale)));
    await database.change(async (store) => {
      await store.update(tokens).set({ lastUsedAt: now }).where(unnoted);
    });
  }
  return { user, role, kind: 'token', expiresAt };
}

/** Without its database nobody can tell whose token it is. */
function asUnavailable(error: unknown): never {
  if (!isModaError(error) || !error.code.startsWith('DATABASE_')) throw error;
  throw new ModaError(
    'ACCESS_UNAVAILABLE',
    'The database that keeps the personal access tokens does not answer; ask again later.',
  );
}
