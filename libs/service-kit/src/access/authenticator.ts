import { type Identity, localIdentity } from './identity.js';

/** Finds out who asks. */
export interface Authenticator {
  /** Whether it takes everybody for the one who runs the machine. */
  readonly open: boolean;
  /**
   * Who sent this `authorization` header.
   * @throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED; ACCESS_UNAVAILABLE where nobody can tell
   */
  identify(authorization: string | undefined): Promise<Identity>;
}

/** For services that only this machine can reach. */
export const openToAll: Authenticator = { open: true, identify: async () => localIdentity };
