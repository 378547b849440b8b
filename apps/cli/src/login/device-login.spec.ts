import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { workplace } from '../testing/at-gateway.js';
import { loginByDevice } from './device-login.js';
import { readLogin, writeLogin } from './login-file.js';
import { renewed } from './renew-login.js';

const { folder, start, run } = workplace();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

type Form = Readonly<Record<string, string>>;

/** An issuer that answers token requests with what it is given, one after the other. */
async function startIssuer(
  answers: readonly object[],
): Promise<{ readonly issuer: string; readonly forms: readonly Form[] }> {
  const forms: Form[] = [];
  const waiting = [...answers];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { port } = server.address() as AddressInfo;
      const issuer = `http://127.0.0.1:${port}`;
      if (request.method === 'POST') forms.push(Object.fromEntries(new URLSearchParams(text)));
      const body =
        request.url === '/.well-known/openid-configuration'
          ? { device_authorization_endpoint: `${issuer}/device`, token_endpoint: `${issuer}/token` }
          : request.url === '/device'
            ? {
                ...{ device_code: 'device', user_code: 'ABCD-EFGH', verification_uri: `${issuer}/confirm` },
                ...{ expires_in: 2, interval: 0.02 },
              }
            : (waiting.shift() ?? { error: 'authorization_pending' });
      response.writeHead('error' in body ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, forms };
}

const pending = { error: 'authorization_pending' };

describe('a login by device', () => {
  it('waits until the code is confirmed, and keeps how to renew the token', async () => {
    const { issuer, forms } = await startIssuer([
      pending,
      { access_token: 'jwt', expires_in: 3600, refresh_token: 'refresh' },
    ]);
    await start({ me: { user: 'ada', role: 'viewer' } });
    const { code, err } = await run(['login', '--device', '--issuer', issuer, '--client-id', 'moda']);
    expect(code).toBe(0);
    expect(err).toContain(`Open ${issuer}/confirm in a browser and confirm the code ABCD-EFGH.`);
    expect(forms[0]).toEqual({ client_id: 'moda', scope: 'openid offline_access' });
    expect(forms.at(-1)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      ...{ device_code: 'device', client_id: 'moda' },
    });
    expect(await readLogin(join(folder(), 'config'))).toMatchObject({
      token: 'jwt',
      renewal: { tokenEndpoint: `${issuer}/token`, clientId: 'moda', refreshToken: 'refresh' },
    });
  });

  const attempt = (issuer: string) =>
    loginByDevice({
      ...{ issuer, clientId: 'moda', scope: 'openid', onCode: () => undefined },
      signal: new AbortController().signal,
    });

  it.each([
    [[{ error: 'access_denied' }], 'The login was declined; run moda login again.'],
    [[{ error: 'expired_token' }], 'Nobody confirmed the code in time; run moda login again.'],
    [
      [{ error: 'invalid_client', error_description: 'no such client' }],
      'The issuer of tokens refuses the login (no such client); run moda login again.',
    ],
    [[], 'Nobody confirmed the code in time; run moda login --device again.'],
  ])('ends where the issuer says %j', async (answers, message) => {
    const { issuer } = await startIssuer(answers);
    await expect(attempt(issuer)).rejects.toMatchObject({ code: 'LOGIN_FAILED', message });
  });

  it('says it where there is no issuer', async () => {
    await expect(attempt('http://127.0.0.1:1')).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('The issuer of tokens does not answer at') as string,
    });
    const gateway = await start({});
    await expect(attempt(gateway.url)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining('is no issuer of tokens with a login by device') as string,
    });
  });
});

describe('a token that expires', () => {
  const now = Date.parse('2026-05-01T10:00:00Z');
  const login = (tokenEndpoint: string, expiresAt: string) => ({
    ...{ gateway: 'http://127.0.0.1:4000', user: 'ada', role: 'viewer', token: 'old' },
    renewal: { tokenEndpoint, clientId: 'moda', refreshToken: 'first', expiresAt },
  });

  it('is renewed before it does, and the file has the new one', async () => {
    const { issuer, forms } = await startIssuer([
      { access_token: 'new', expires_in: 3600, refresh_token: 'second' },
    ]);
    const config = join(folder(), 'config');
    const old = login(`${issuer}/token`, '2026-05-01T10:00:10Z');
    await writeLogin(config, old);
    expect(await renewed(config, old, now)).toMatchObject({
      token: 'new',
      renewal: { refreshToken: 'second' },
    });
    expect(await readLogin(config)).toMatchObject({ token: 'new', renewal: { refreshToken: 'second' } });
    expect(forms).toEqual([{ grant_type: 'refresh_token', refresh_token: 'first', client_id: 'moda' }]);
  });

  it('is used as it is while it holds', async () => {
    const good = login('http://127.0.0.1:1/token', '2026-05-01T10:05:00Z');
    expect(await renewed(folder(), good, now)).toBe(good);
  });

  it('that the issuer does not renew asks for a login', async () => {
    const { issuer } = await startIssuer([{ error: 'invalid_grant', error_description: 'revoked' }]);
    const old = login(`${issuer}/token`, '2026-05-01T09:00:00Z');
    await expect(renewed(folder(), old, now)).rejects.toMatchObject({
      message: 'The issuer of tokens refuses the login (revoked); run moda login again.',
    });
  });
});
