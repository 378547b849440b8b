import { isModaError, type ModaError } from '@moda/contracts';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type Identity, isUserName, unauthenticated } from '../identity.js';
import { highestRole, type Role } from '../roles.js';
import type { IssuerSettings } from '../variables.js';
import { tokenExpired } from '../watch-identity.js';
import { issuerKeys, type IssuerKeysOptions } from './issuer-keys.js';

/** Signatures by a pair of keys only: with a shared secret whoever can check a token could make one. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];
/** Clocks differ. */
const toleranceSeconds = 30;

export type CheckLogin = (token: string) => Promise<Identity>;

/**
 * Checks the access tokens of an issuer (OpenID Connect): signature, issuer, audience, times.
 *
 * It throws ModaError UNAUTHENTICATED, TOKEN_EXPIRED, ACCESS_UNAVAILABLE.
 */
export function loginsOf(
  { url, audience, rolesClaim, userClaim }: IssuerSettings,
  { clock = Date.now, ...options }: Omit<IssuerKeysOptions, 'url'> = {},
): CheckLogin {
  const keys = issuerKeys({ url, clock, ...options });
  return async (token) => {
    try {
      const name = await keys.name();
      // Whose address it is decides whose tokens are good, not what is written there.
      if (name.replace(/\/+$/, '') !== url)
        throw unauthenticated(
          `The issuer at ${url} calls itself ${name.slice(0, 200)}, so its tokens are not good here`,
        );
      const { payload } = await jwtVerify(token, keys.find, {
        algorithms,
        issuer: name,
        audience,
        clockTolerance: toleranceSeconds,
        requiredClaims: ['exp'],
        currentDate: new Date(clock()),
      });
      return {
        user: userOf(payload, userClaim),
        role: roleOf(payload, rolesClaim),
        kind: 'oidc',
        expiresAt: new Date((payload.exp! + toleranceSeconds) * 1000),
      };
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

function userOf(payload: JWTPayload, claim: string): string {
  const user = claimOf(payload, claim);
  if (isUserName(user)) return user;
  throw unauthenticated(`The token names no user in ${claim} that this service can take`);
}

/** The highest role that a list or a text with blanks names. */
function roleOf(payload: JWTPayload, claim: string): Role | undefined {
  const value = claimOf(payload, claim);
  const names: unknown[] =
    typeof value === 'string' ? value.split(/[\s,]+/) : Array.isArray(value) ? value : [];
  return highestRole(names);
}

/** A claim of this very name, or, of one with dots, a field of a claim. */
function claimOf(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  return claim
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined,
      payload,
    );
}

function refusalOf(error: unknown): ModaError {
  if (isModaError(error)) return error;
  if (error instanceof errors.JWTExpired) return tokenExpired(new Date((error.payload.exp ?? 0) * 1000));
  if (error instanceof errors.JWTClaimValidationFailed)
    return unauthenticated(
      `The token is not meant for this service: its claim ${JSON.stringify(error.claim)} does not fit`,
      {
        claim: error.claim,
      },
    );
  if (error instanceof errors.JOSEError)
    return unauthenticated('The token is not one of the issuer that this service believes', {
      reason: error.code,
    });
  // Keys of a kind that this program cannot read, or a token that is none.
  return unauthenticated('The token cannot be read');
}
