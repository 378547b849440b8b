import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment/read-environment.js';
import { accessHelp, accessSettings, accessVariables, listenHost } from './variables.js';

type Variables = Record<string, string>;

const settings = (variables: Variables) => accessSettings(readEnvironment(accessVariables, variables));
const host = (variables: Variables) => readEnvironment({ HOST: listenHost(variables) }, variables).HOST;
const issuer = { AUTH_ISSUER: 'https://login.example/', AUTH_AUDIENCE: 'moda' };

describe('who may use a service', () => {
  it('is everybody on this machine where nothing is said', () => {
    expect(settings({})).toEqual({ kind: 'open' });
    expect(settings({ AUTH_TOKENS: 'false', ACCESS_URL: 'http://127.0.0.1:1' })).toEqual({ kind: 'open' });
  });

  it('is whoever the issuer or a token names', () => {
    expect(settings({ ...issuer, AUTH_TOKENS: 'true' })).toEqual({
      kind: 'guarded',
      issuer: { url: 'https://login.example', audience: 'moda', rolesClaim: 'roles', userClaim: 'sub' },
      tokens: true,
      accessUrl: 'http://127.0.0.1:4001',
    });
    expect(settings({ AUTH_TOKENS: 'true' })).toMatchObject({ kind: 'guarded', issuer: undefined });
  });

  it.each([[{ AUTH_ISSUER: 'https://login.example' }], [{ AUTH_AUDIENCE: 'moda', AUTH_TOKENS: 'true' }]])(
    'is not guessed from half of what is needed: %j',
    (variables) => {
      expect(() => settings(variables)).toThrow('AUTH_ISSUER and AUTH_AUDIENCE belong together');
    },
  );
});

describe('a service', () => {
  it('listens on the loopback address', () => {
    expect(host({})).toBe('127.0.0.1');
    expect(host({ HOST: '::1' })).toBe('::1');
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'moda.example'])(
    'does not listen at %s without authentication',
    (HOST) => {
      expect(() => host({ HOST })).toThrow(
        'only 127.0.0.1, localhost, ::1 can be served while there is no authentication; set AUTH_ISSUER and AUTH_AUDIENCE, or AUTH_TOKENS=true, to listen elsewhere',
      );
      expect(() => host({ HOST, AUTH_TOKENS: 'false', AUTH_AUDIENCE: 'moda' })).toThrow('no authentication');
      expect(host({ HOST, AUTH_TOKENS: 'true' })).toBe(HOST);
      expect(host({ HOST, ...issuer })).toBe(HOST);
    },
  );
});

it('the help names every variable', () => {
  for (const name of Object.keys(accessVariables)) expect(accessHelp(24)).toContain(`  ${name.padEnd(24)}`);
});
