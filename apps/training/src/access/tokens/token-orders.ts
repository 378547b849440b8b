import { checkRole, type Identity, includesRole, isRole, isUserName, roles } from '@moda/service-kit';
import { type Problem, problem } from '../../problem/problem.js';
import type { TokenRecord, TokenStore } from './token-store.js';

export const defaultDays = 90;
export const maxDays = 366;
/** More than that are forgotten ones. */
const maxGood = 100;
const maxNameLength = 100;
const dayMs = 86_400_000;

export interface TokenRequest {
  /** What it is for. */
  readonly name: string;
  readonly role: string;
  readonly expiresInDays?: number | undefined;
  /** Of somebody else; for administrators. */
  readonly user?: string | undefined;
}

export type Created = Awaited<ReturnType<TokenStore['create']>>;

/** What people may do about tokens. */
export interface TokenOrders {
  create(by: Identity, request: TokenRequest): Promise<Created | Problem>;
  /** One's own; those of others for administrators. */
  revoke(by: Identity, id: string): Promise<TokenRecord | Problem>;
  /**
   * One's own, or everybody's.
   * @throws ModaError FORBIDDEN where somebody else than an administrator asks for everybody's
   */
  list(by: Identity, everybody: boolean): Promise<readonly TokenRecord[]>;
}

export function takeTokenOrders(store: TokenStore, clock: () => Date): TokenOrders {
  return {
    async create(by, { name, role, expiresInDays = defaultDays, user = by.user }) {
      if (!isRole(role))
        return invalid('role', `There is no role ${JSON.stringify(role)}; give ${roles.join(', ')}`);
      if (name.trim() === '' || name.length > maxNameLength)
        return invalid(
          'name',
          `The name of a token has 1 to ${maxNameLength} characters; say what it is for`,
        );
      if (!Number.isInteger(expiresInDays) || expiresInDays < 1 || expiresInDays > maxDays)
        return invalid('expiresInDays', `A token lasts 1 to ${maxDays} whole days; give a number of them`);
      if (!isUserName(user))
        return invalid(
          'user',
          'The name of a user has 1 to 128 letters, digits and signs of .@+:|/_-; give one',
        );
      if (user !== by.user) checkRole(by, 'admin', 'A token for somebody else');
      checkRole(by, role, `A token with the role ${role}`);
      if ((await store.goodOf(user)) >= maxGood)
        return invalid('user', `${user} has ${maxGood} tokens that are good; revoke one that nobody uses`);
      const asked = clock().getTime() + expiresInDays * dayMs;
      // Who finds a token could otherwise make it last for ever.
      const most = by.kind === 'token' && user === by.user ? (by.expiresAt?.getTime() ?? asked) : asked;
      return store.create({
        user,
        name: name.trim(),
        role,
        createdBy: by.user,
        expiresAt: new Date(Math.min(asked, most)),
      });
    },

    async revoke(by, id) {
      const found = await store.token(id);
      const mayKnow = found !== undefined && (found.user === by.user || includesRole(by.role, 'admin'));
      const revoked = mayKnow ? await store.revoke(id) : undefined;
      return (
        revoked ??
        problem(
          'TOKEN_UNKNOWN',
          `You have no token ${JSON.stringify(id.slice(0, 100))}; list your tokens to see their ids.`,
        )
      );
    },

    async list(by, everybody) {
      if (everybody) checkRole(by, 'admin', 'The list of everybody’s tokens');
      return store.tokens(everybody ? undefined : by.user);
    },
  };
}

function invalid(field: string, sentence: string): Problem {
  return problem('TOKEN_INVALID', `${sentence}.`, { details: { field } });
}
