import { describe, expect, it } from 'vitest';
import { help, parseArguments } from './arguments.js';
import { readGatewayEnvironment } from './environment.js';

describe('the environment of the gateway', () => {
  it('needs nothing', () => {
    expect(readGatewayEnvironment({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      subgraphs: [
        { name: 'registry', url: 'http://127.0.0.1:4002', timeoutMs: 10_000 },
        { name: 'training', url: 'http://127.0.0.1:4001', timeoutMs: 10_000 },
      ],
      trustedOnly: false,
    });
  });

  it('says where the services are', () => {
    const { subgraphs } = readGatewayEnvironment({ REGISTRY_URL: 'http://10.0.0.2:80/' });
    expect(subgraphs[0]?.url).toBe('http://10.0.0.2:80');
  });

  it.each([
    [{ GATEWAY_PORT: 'http' }, 'GATEWAY_PORT'],
    [{ GATEWAY_HOST: '0.0.0.0' }, 'no authentication'],
    [{ TRAINING_URL: 'training' }, 'TRAINING_URL'],
    [{ TRUSTED_ONLY: 'true' }, 'TRUSTED_DOCUMENTS'],
    [{ AUTH_ISSUER: 'http://issuer' }, 'AUTH_AUDIENCE'],
  ])('complains of %j', (variables, word) => {
    expect(() => readGatewayEnvironment(variables)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        message: expect.stringContaining(word) as unknown,
      }),
    );
  });
});

describe('the command line', () => {
  it('serves, at a port if one is named', () => {
    expect(parseArguments([])).toEqual({ kind: 'serve', port: undefined });
    expect(parseArguments(['--port', '0'])).toEqual({ kind: 'serve', port: 0 });
    expect(parseArguments(['--help'])).toEqual({ kind: 'help' });
    expect(help).toContain('TRUSTED_ONLY');
  });

  it.each([['serve'], ['--port', '65536'], ['--port', 'x'], ['--prot', '1']])('refuses %s %s', (...words) => {
    expect(() => parseArguments(words)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
