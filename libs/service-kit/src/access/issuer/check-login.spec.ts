import { type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { startIssuer, testAudience, type TestIssuer } from '../testing/start-issuer.js';
import { loginsOf } from './check-login.js';

const issuers: TestIssuer[] = [];
afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer.stop();
});

async function start(algorithm: Parameters<typeof startIssuer>[0] = 'ES256') {
  const issuer = await startIssuer(algorithm);
  issuers.push(issuer);
  const time = { ms: Date.now() };
  const settings = { url: issuer.url, audience: testAudience, rolesClaim: 'roles', userClaim: 'sub' };
  const check = loginsOf(settings, { clock: () => time.ms });
  return { issuer, time, check, settings };
}

const now = () => Math.floor(Date.now() / 1000);

/** A token put together by hand. */
function unsigned(header: object, claims: object): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

describe('a login', () => {
  it.each(['ES256', 'RS256', 'PS256', 'EdDSA'] as const)(
    'signed with %s is its user with the highest role',
    async (algorithm) => {
      const { issuer, check } = await start(algorithm);
      const exp = now() + 60;
      const token = await issuer.token({ sub: 'ada', roles: ['viewer', 'publisher', 'astronaut'], exp });
      expect(await check(token)).toEqual({
        user: 'ada',
        role: 'publisher',
        kind: 'oidc',
        expiresAt: new Date((exp + 30) * 1000),
      });
    },
  );

  it('without a role is known, and no more', async () => {
    const { issuer, check } = await start();
    expect((await check(await issuer.token())).role).toBeUndefined();
    expect((await check(await issuer.token({ roles: ['Admin', 7, null] }))).role).toBeUndefined();
    expect((await check(await issuer.token({ roles: { admin: true } }))).role).toBeUndefined();
  });

  it('may name its roles in a text, or deep within a claim', async () => {
    const { issuer, check, settings } = await start();
    expect((await check(await issuer.token({ roles: 'openid researcher' }))).role).toBe('researcher');
    const deep = loginsOf({ ...settings, rolesClaim: 'realm_access.roles', userClaim: 'preferred_username' });
    const token = await issuer.token({ realm_access: { roles: ['admin'] }, preferred_username: 'ada.l' });
    expect(await deep(token)).toMatchObject({ user: 'ada.l', role: 'admin' });
  });

  it('is good for half a minute longer than it says, for clocks that differ, and no longer', async () => {
    const { issuer, check, time } = await start();
    const token = await issuer.token({ exp: now() + 10 });
    time.ms += 35_000;
    await expect(check(token)).resolves.toMatchObject({ user: 'ada' });
    time.ms += 10_000;
    await expect(check(token)).rejects.toMatchObject({
      code: 'TOKEN_EXPIRED',
      message: 'The token has expired; log in again, or use another token.',
    });
  });
});

describe('refused is a token', () => {
  it('of a key of somebody else', async () => {
    const { issuer, check } = await start();
    await expect(check(await issuer.forged())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['for another audience', { aud: 'shop' }, 'aud'],
    ['of another issuer', { iss: 'http://elsewhere' }, 'iss'],
    ['that never ends', { exp: undefined }, 'exp'],
    ['that is not good yet', { nbf: now() + 3_600 }, 'nbf'],
  ])('%s', async (_what, claims, claim) => {
    const { issuer, check } = await start();
    await expect(check(await issuer.token(claims))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      details: { claim },
    });
  });

  it('without a signature', async () => {
    const { issuer, check } = await start();
    const claims = { sub: 'ada', iss: issuer.url, aud: testAudience, exp: now() + 60, roles: ['admin'] };
    for (const alg of ['none', 'None'])
      await expect(check(`${unsigned({ alg }, claims)}.`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('whose signature takes the public key for a shared secret', async () => {
    const { issuer, check } = await start('RS256');
    const jwk = await issuer.publicKey();
    const texts = [
      await exportSPKI((await importJWK(jwk, 'RS256', { extractable: true })) as CryptoKey),
      JSON.stringify(jwk),
    ];
    for (const text of texts) {
      const token = await new SignJWT({ sub: 'ada', roles: ['admin'] })
        .setProtectedHeader({ alg: 'HS256', kid: jwk.kid! })
        .setIssuer(issuer.url)
        .setAudience(testAudience)
        .setExpirationTime('1h')
        .sign(Buffer.from(text));
      await expect(check(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('that brings its own key', async () => {
    const { issuer, check } = await start();
    const { issuer: other } = await start();
    const [, claims, signature] = (await other.token({ iss: issuer.url, roles: ['admin'] })).split('.');
    const header = unsigned(
      { alg: 'ES256', jwk: await other.publicKey(), jku: `${other.url}/keys`, kid: 'key-1' },
      {},
    );
    await expect(check(`${header.split('.')[0]!}.${claims!}.${signature!}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it.each([['rubbish'], ['a.b.c'], ['..'], ['x'.repeat(10_000)]])('that is %s', async (text) => {
    const { check } = await start();
    await expect(check(text)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['a user with blanks', 'ada lovelace'],
    ['nobody', ''],
    ['a number', 7],
  ])('that names %s', async (_what, sub) => {
    const { issuer, check } = await start();
    await expect(check(await issuer.token({ sub } as never))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('of an issuer that calls itself by another name than its address', async () => {
    const { issuer, check } = await start();
    issuer.callItself('http://big-company.example');
    await expect(check(await issuer.token())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('calls itself http://big-company.example') as string,
    });
  });
});

describe('the keys of an issuer', () => {
  it('are asked for once, and again when one is unknown, but not by everybody who makes one up', async () => {
    const { issuer, check, time } = await start();
    const old = await issuer.token();
    await Promise.all([check(old), check(old), check(old)]);
    expect(issuer.asked()).toBe(1);
    await issuer.rotate();
    const fresh = await issuer.token();
    await expect(check(fresh)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(issuer.asked()).toBe(1);
    time.ms += 30_000;
    expect(await check(fresh)).toMatchObject({ user: 'ada' });
    expect(issuer.asked()).toBe(2);
    await expect(check(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(issuer.asked()).toBe(2);
  });

  it('go on to work while it is away, and what nobody can check is no refusal', async () => {
    const { issuer, check, time } = await start();
    issuer.setAway(true);
    await expect(check(await issuer.token())).rejects.toMatchObject({
      code: 'ACCESS_UNAVAILABLE',
      message: expect.stringContaining('it answers with status 503') as string,
    });
    issuer.setAway(false);
    const token = await issuer.token({ exp: now() + 7_200 });
    await check(token);
    issuer.setAway(true);
    time.ms += 3_600_000;
    expect(await check(token)).toMatchObject({ user: 'ada' });
    await issuer.rotate();
    time.ms += 30_000;
    await expect(check(await issuer.token({ exp: now() + 7_200 }))).rejects.toMatchObject({
      code: 'ACCESS_UNAVAILABLE',
    });
  });
});
