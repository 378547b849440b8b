import { type Authenticator, openToAll } from './authenticator.js';
import { unauthenticated } from './identity.js';
import { loginsOf } from './issuer/check-login.js';
import type { IssuerKeysOptions } from './issuer/issuer-keys.js';
import { checkedAt } from './tokens/check-remotely.js';
import { remembered } from './tokens/remembered.js';
import type { CheckToken } from './tokens/token-check.js';
import { isTokenLike, readToken } from './tokens/token-text.js';
import type { AccessSettings } from './variables.js';

/** A token of an issuer has a kilobyte or two. */
const maxTokenLength = 16_384;

export interface AuthenticatorOptions extends Omit<IssuerKeysOptions, 'url'> {
  /** Where the service keeps the personal access tokens itself; otherwise they are checked where the settings say. */
  readonly checkToken?: CheckToken;
}

/** Finds out who asks, as the settings demand. */
export function openAuthenticator(
  settings: AccessSettings,
  { checkToken, ...options }: AuthenticatorOptions = {},
): Authenticator {
  if (settings.kind === 'open') return openToAll;
  const checkLogin = settings.issuer && loginsOf(settings.issuer, options);
  const checkOwn = settings.tokens
    ? (checkToken ?? remembered(checkedAt(settings.accessUrl), options.clock))
    : undefined;
  return {
    open: false,
    async identify(authorization) {
      const token = tokenIn(authorization);
      if (isTokenLike(token)) {
        if (!checkOwn) throw unauthenticated('This service accepts no personal access tokens, only logins');
        // What has not even the form needs no question to anybody.
        if (!readToken(token)) throw unauthenticated('The personal access token is not whole');
        return checkOwn(token);
      }
      if (!checkLogin) throw unauthenticated('This service accepts personal access tokens only');
      return checkLogin(token);
    },
  };
}

function tokenIn(authorization: string | undefined): string {
  if (authorization === undefined || authorization === '') throw unauthenticated();
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization.slice(0, maxTokenLength)) ?? [];
  if (token === undefined)
    throw unauthenticated('The header `authorization` is not of the form `Bearer <token>`');
  return token;
}
