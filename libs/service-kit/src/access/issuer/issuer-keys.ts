import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { fetchDocument } from './fetch-document.js';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(1_000) });

/** Keys are looked up anew when they are this old, so that one that the issuer withdrew is not good for long. */
const freshMs = 10 * 60_000;
/** An unknown key has them looked up anew, too, but not more often than this: anybody can make up keys. */
const defaultPauseMs = 30_000;

export interface IssuerKeysOptions {
  /** Address of the issuer, without a slash at its end. */
  readonly url: string;
  readonly clock?: () => number;
  readonly pauseMs?: number;
}

export interface IssuerKeys {
  /** How the issuer names itself in its tokens. Throws ModaError ACCESS_UNAVAILABLE. */
  name(): Promise<string>;
  /** The key that a token says it was signed with. Throws ModaError ACCESS_UNAVAILABLE; an error of jose where there is no such key. */
  readonly find: JWTVerifyGetKey;
}

interface Known {
  readonly name: string;
  readonly find: JWTVerifyGetKey;
  readonly at: number;
}

/** The keys of an issuer, as its discovery document tells. Once known they are good for use while the issuer is away. */
export function issuerKeys({
  url,
  clock = Date.now,
  pauseMs = defaultPauseMs,
}: IssuerKeysOptions): IssuerKeys {
  let known: Known | undefined;
  let asking: Promise<Known> | undefined;
  let askedAt = -Infinity;
  let failure: Error | undefined;

  const ask = async (): Promise<Known> => {
    askedAt = clock();
    const what = 'What the issuer of logins says of itself';
    const { issuer, jwks_uri } = await fetchDocument(
      `${url}/.well-known/openid-configuration`,
      discovery,
      what,
    );
    const set = await fetchDocument(jwks_uri, keySet, 'The keys of the issuer of logins');
    known = { name: issuer, find: createLocalJWKSet(set), at: clock() };
    return known;
  };
  const renewed = (): Promise<Known> => {
    asking ??= ask()
      .then(
        (fresh) => {
          failure = undefined;
          return fresh;
        },
        (error: unknown) => {
          failure = error as Error;
          throw error;
        },
      )
      .finally(() => (asking = undefined));
    return asking;
  };
  const current = async (): Promise<Known> => {
    if (known === undefined) return renewed();
    const mayAsk = clock() - askedAt >= pauseMs;
    if (clock() - known.at < freshMs || !mayAsk) return known;
    const old = known;
    return renewed().catch(() => old);
  };

  return {
    name: async () => (await current()).name,
    async find(header, token) {
      const { find } = await current();
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        if (clock() - askedAt >= pauseMs) return (await renewed()).find(header, token);
        // While the issuer is away, nobody can tell whether the key is a new one of it.
        throw failure ?? error;
      }
    },
  };
}
