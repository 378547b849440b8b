import type { Identity } from '../identity.js';

/**
 * Whose personal access token it is.
 *
 * It throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED; ACCESS_UNAVAILABLE where nobody can tell.
 */
export type CheckToken = (token: string) => Promise<Identity>;
