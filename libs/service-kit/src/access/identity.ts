import { ModaError } from '@moda/contracts';
import { includesRole, type Role } from './roles.js';

/** Who asks. */
export interface Identity {
  readonly user: string;
  /** Undefined for somebody who is known and was given no role. */
  readonly role: Role | undefined;
  /** How that is known: whoever is on this machine, a login at the issuer, a personal access token. */
  readonly kind: 'local' | 'oidc' | 'token';
  /** Until when it is so. */
  readonly expiresAt?: Date | undefined;
}

const userForm = /^[\w.@+:|/-]{1,128}$/;

/** Whether a text can name a user: letters, digits and signs of .@+:|/_-, 128 at most. */
export function isUserName(text: unknown): text is string {
  return typeof text === 'string' && userForm.test(text);
}

/** Everybody, where a service asks nobody who they are. */
export const localIdentity: Identity = { user: 'local', role: 'admin', kind: 'local' };

/**
 * Lets those pass who have the role.
 * @param what is done, as the beginning of a sentence
 * @throws ModaError UNAUTHENTICATED, FORBIDDEN
 */
export function checkRole(identity: Identity | undefined, needed: Role, what: string): Identity {
  if (identity === undefined) throw unauthenticated();
  if (includesRole(identity.role, needed)) return identity;
  const { user, role } = identity;
  const has = role === undefined ? `${user} has none` : `${user} has the role ${role}`;
  throw new ModaError(
    'FORBIDDEN',
    `${what} needs the role ${needed} and ${has}; ask an administrator for that role.`,
    { needed, role: role ?? null },
  );
}

export function unauthenticated(
  fact = 'This service answers only those who say who they are',
  details: Readonly<Record<string, unknown>> = {},
): ModaError {
  return new ModaError(
    'UNAUTHENTICATED',
    `${fact}; send \`Authorization: Bearer <token>\` with a token of your login or a personal access token.`,
    details,
  );
}
