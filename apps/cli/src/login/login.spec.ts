import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workplace } from '../testing/at-gateway.js';
import { configFolder } from './config-folder.js';
import { readLogin, writeLogin } from './login-file.js';

const { folder, start, run } = workplace();
const config = () => join(folder(), 'config');

/** A gateway that knows one token. */
const guarded = (good = 'moda_pat_1_secret') =>
  start(
    {
      me: { user: 'ada', role: 'researcher' },
      runs: { edges: [], pageInfo: { hasNextPage: false }, totalEstimate: 0 },
    },
    (request) =>
      request.headers.authorization === `Bearer ${good}`
        ? undefined
        : {
            status: 401,
            body: { errors: [{ message: 'Say who you are.', extensions: { code: 'UNAUTHENTICATED' } }] },
          },
  );

describe('moda login', () => {
  it('checks the token and keeps it where nobody else reads it', async () => {
    const { url } = await guarded();
    const { code, out, err } = await run(['login', '--gateway', `${url}/`, '--token', 'moda_pat_1_secret']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      `gateway  ${url}\nuser     ada\nrole     researcher\nkept in  ${join(config(), 'login.json')}\n`,
    );
    expect((await stat(join(config(), 'login.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(config())).mode & 0o777).toBe(0o700);
    expect(await readdir(config())).toEqual(['login.json']);
    expect(await readLogin(config())).toEqual({
      ...{ gateway: url, user: 'ada', role: 'researcher', token: 'moda_pat_1_secret' },
    });
  });

  it('never shows the token', async () => {
    await guarded();
    const { out, err } = await run(['login', '--token', 'moda_pat_1_secret', '--json']);
    expect(out + err).not.toContain('secret');
  });

  it('takes the token from standard input', async () => {
    await guarded();
    const readSecret = async () => 'moda_pat_1_secret\n';
    expect((await run(['login'], { gateway: { readSecret } })).code).toBe(0);
    expect((await readLogin(config()))?.token).toBe('moda_pat_1_secret');
  });

  it('asks a person only where a token is needed', async () => {
    await start({ me: { user: 'local', role: 'admin' } });
    const readSecret = () => Promise.reject(new Error('asked'));
    const { code, out } = await run(['login'], { gateway: { interactive: true, readSecret } });
    expect([code, out]).toEqual([0, expect.stringContaining('user     local')]);
    expect(await readLogin(config())).not.toHaveProperty('token');
  });

  it.each([
    [['--token', 'wrong'], 1, 'Say who you are. [UNAUTHENTICATED]'],
    [
      ['--token', 'two words'],
      2,
      'The token is not one word of plain characters; give it as it was shown. [USAGE]',
    ],
    [['--device', '--token', 'x'], 2, '--device and --token exclude each other; choose one. [USAGE]'],
    [['--device'], 2, '--device needs --issuer and --client-id; see moda login --help. [USAGE]'],
  ])('with %j keeps nothing', async (words, exitCode, sentence) => {
    await guarded();
    const { code, err } = await run(['login', ...words]);
    expect([code, err]).toEqual([exitCode, `moda: ${sentence}\n`]);
    expect(await readLogin(config())).toBeUndefined();
  });

  it('says it where the file cannot be kept', async () => {
    await guarded();
    await writeFile(config(), 'a file in place of the folder');
    const { code, err } = await run(['login', '--token', 'moda_pat_1_secret']);
    expect(code).toBe(1);
    expect(err).toContain(`The login cannot be kept in ${config()}`);
  });
});

describe('who is logged in', () => {
  it('asks with the token, at the gateway of the login', async () => {
    const { url } = await guarded();
    await run(['login', '--token', 'moda_pat_1_secret']);
    const unset = { gateway: { address: undefined } };
    expect((await run(['whoami'], unset)).out).toBe(`gateway  ${url}\nuser     ada\nrole     researcher\n`);
    expect((await run(['runs', 'list'], unset)).code).toBe(0);
  });

  it('sends the token to no other gateway', async () => {
    await guarded();
    await run(['login', '--token', 'moda_pat_1_secret']);
    const other = await start({ me: { user: 'local', role: 'admin' } });
    await run(['whoami', '--gateway', other.url]);
    expect(other.asked).toMatchObject([{ operation: 'Me', authorization: undefined }]);
  });

  it('may say so in the environment alone', async () => {
    await guarded();
    expect((await run(['whoami'], { gateway: { token: 'moda_pat_1_secret' } })).code).toBe(0);
    expect((await run(['whoami'])).code).toBe(1);
  });

  it('is nobody after moda logout', async () => {
    await guarded();
    await run(['login', '--token', 'moda_pat_1_secret']);
    expect((await run(['logout'])).out).toBe('Logged out.\n');
    expect((await run(['logout'])).out).toBe('Nobody was logged in.\n');
    expect((await run(['whoami'])).code).toBe(1);
  });
});

describe('the file of the login', () => {
  it.each([
    ['no JSON', '{'],
    ['another JSON', '{"gateway":1}'],
  ])('that holds %s is refused by its name', async (_what, text) => {
    await mkdir(config());
    await writeFile(join(config(), 'login.json'), text);
    const { code, err } = await run(['whoami']);
    expect([code, err]).toEqual([
      2,
      `moda: The login in ${join(config(), 'login.json')} is not of its form; run moda login again. [LOGIN_INVALID]\n`,
    ]);
  });

  it('is replaced whole', async () => {
    const login = { gateway: 'http://a', user: 'ada', role: 'viewer' };
    await Promise.all([1, 2, 3].map((i) => writeLogin(config(), { ...login, token: String(i) })));
    expect(JSON.parse(await readFile(join(config(), 'login.json'), 'utf8'))).toMatchObject(login);
    expect(await readdir(config())).toEqual(['login.json']);
  });

  it.each([
    [{ MODA_CONFIG: '/own', XDG_CONFIG_HOME: '/xdg' }, '/own'],
    [{ XDG_CONFIG_HOME: '/xdg' }, '/xdg/moda'],
    [{}, '/home/ada/.config/moda'],
  ])('with %j is in %s', (environment, expected) => {
    expect(configFolder(environment, '/home/ada')).toBe(expected);
  });
});

describe('moda tokens', () => {
  const token = {
    ...{ id: 't1', name: 'nightly', user: 'ada', role: 'researcher', lastUsedAt: null, revokedAt: null },
    createdAt: new Date('2026-05-01T10:00:00Z'),
    expiresAt: new Date('2026-05-31T10:00:00Z'),
  };

  it('are made and shown once, alone on standard output', async () => {
    const gateway = await start({
      createToken: { __typename: 'NewToken', token: 'moda_pat_t1_x', accessToken: token },
    });
    const { code, out, err } = await run(['tokens', 'new', '--name', 'nightly', '--expires-in-days', '30']);
    expect([code, out]).toEqual([0, 'moda_pat_t1_x\n']);
    expect(err).toContain('moda tokens revoke t1');
    expect(gateway.asked[0]?.variables).toEqual({
      input: { name: 'nightly', role: 'researcher', expiresInDays: 30 },
    });
  });

  it('are listed', async () => {
    await start({ tokens: [token] });
    const { out } = await run(['tokens', 'list', '--csv']);
    expect(out).toBe(
      'id,name,user,role,expiresAt,lastUsedAt,revokedAt\nt1,nightly,ada,researcher,2026-05-31T10:00:00Z,,\n',
    );
  });

  it('are revoked, or the service says why not', async () => {
    await start({ revokeToken: { __typename: 'AccessToken', ...token } });
    expect((await run(['tokens', 'revoke', 't1'])).out).toBe('revoked  t1\nname     nightly\nuser     ada\n');
    const refusing = await start({
      revokeToken: {
        __typename: 'Problem',
        code: 'TOKEN_UNKNOWN',
        message: 'There is no token t2.',
        details: {},
      },
    });
    const { code, err } = await run(['tokens', 'revoke', 't2', '--gateway', refusing.url]);
    expect([code, err]).toEqual([2, 'moda: There is no token t2. [TOKEN_UNKNOWN]\n']);
  });
});
