import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** An issuer of logins with keys of its own. */
export interface TestIssuer {
  readonly url: string;
  /** How often its keys were asked for. */
  asked(): number;
  /** A token as it gives them: for an hour, for the audience `moda`, unless the claims say something else. */
  token(claims?: JWTPayload & { readonly roles?: unknown }): Promise<string>;
  /** The same, signed by a key of somebody else that says it is the issuer's. */
  forged(claims?: JWTPayload): Promise<string>;
  /** The public key in use. */
  publicKey(): Promise<JWK>;
  /** Takes a new key, and withdraws the old one. */
  rotate(): Promise<void>;
  /** Answers with an outage until it is told to go on. */
  setAway(away: boolean): void;
  /** What it calls itself, if not its address. */
  callItself(name: string): void;
  stop(): Promise<void>;
}

export const testAudience = 'moda';

interface KeyInUse {
  readonly kid: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

export async function startIssuer(
  algorithm: 'ES256' | 'RS256' | 'EdDSA' | 'PS256' = 'ES256',
): Promise<TestIssuer> {
  let made = 0;
  const newKey = async (): Promise<KeyInUse> => ({
    kid: `key-${(made += 1)}`,
    ...(await generateKeyPair(algorithm, { extractable: true })),
  });
  let key = await newKey();
  let away = false;
  let asked = 0;
  let name: string | undefined;

  const publicKey = async (): Promise<JWK> => ({
    ...(await exportJWK(key.publicKey)),
    kid: key.kid,
    alg: algorithm,
    use: 'sig',
  });
  const server = createServer((request, response) => {
    const answer = async (): Promise<object | undefined> => {
      if (request.url === '/.well-known/openid-configuration')
        return { issuer: name ?? url, jwks_uri: `${url}/keys` };
      if (request.url !== '/keys') return undefined;
      asked += 1;
      return { keys: [await publicKey()] };
    };
    void answer().then((body) => {
      response.statusCode = away ? 503 : body === undefined ? 404 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(away ? {} : (body ?? {})));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (claims: JWTPayload, by: KeyInUse): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      sub: 'ada',
      iss: name ?? url,
      aud: testAudience,
      iat: now,
      exp: now + 3_600,
      ...claims,
    };
    return new SignJWT(payload).setProtectedHeader({ alg: algorithm, kid: by.kid }).sign(by.privateKey);
  };
  return {
    url,
    asked: () => asked,
    token: (claims = {}) => sign(claims, key),
    forged: async (claims = {}) => sign(claims, { ...(await newKey()), kid: key.kid }),
    publicKey,
    async rotate() {
      key = await newKey();
    },
    setAway: (value) => (away = value),
    callItself: (other) => (name = other),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
