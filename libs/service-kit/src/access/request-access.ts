import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Authenticator } from './authenticator.js';
import { checkRole, type Identity } from './identity.js';
import type { Role } from './roles.js';

/** Asked at most once a request, and not at all where nobody wants to know. */
const identities = new WeakMap<IncomingMessage, () => Promise<Identity>>();

/** Lets routes ask who sent a request. Refuses nothing itself: some routes are open, some carry their right in the address. */
export function knowingWhoAsks(authenticator: Authenticator): RequestHandler {
  return (request, _response, next) => {
    remember(request, authenticator);
    next();
  };
}

export function remember(request: IncomingMessage, authenticator: Authenticator): void {
  let identity: Promise<Identity> | undefined;
  identities.set(request, () => (identity ??= authenticator.identify(authorizationOf(request))));
}

/** The header as it came, to pass on. */
export function authorizationOf({ headers }: IncomingMessage): string | undefined {
  return headers.authorization;
}

/**
 * Who sent a request.
 * @throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED, ACCESS_UNAVAILABLE
 */
export async function identityOf(request: IncomingMessage): Promise<Identity> {
  const find = identities.get(request);
  if (!find) throw new Error('The request came past those who know who asks.');
  return find();
}

/**
 * Who sent a request, if they have the role; otherwise the failure is thrown and answered by the service with its status.
 * @throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED, ACCESS_UNAVAILABLE, FORBIDDEN
 */
export async function requireRole(request: IncomingMessage, role: Role): Promise<Identity> {
  return checkRole(await identityOf(request), role, 'This address');
}
