import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlatformEnvironment } from './environment.js';

describe('the environment of the platform', () => {
  it('may be empty', () => {
    const { home, places, planFile, token } = readPlatformEnvironment({});
    expect(home).toBe(resolve('.moda'));
    expect(places).toEqual({
      gateway: { host: '127.0.0.1', port: 4000 },
      training: { host: '127.0.0.1', port: 4001 },
      registry: { host: '127.0.0.1', port: 4002 },
      experiments: { host: '127.0.0.1', port: 3000 },
      marketplace: { host: '127.0.0.1', port: 3001 },
    });
    expect([planFile, token]).toEqual([undefined, undefined]);
  });

  it('moves every service and the folder of all data', () => {
    const { home, places, experimentFolder } = readPlatformEnvironment({
      MODA_HOME: 'data',
      GATEWAY_PORT: '5000',
      REGISTRY_HOST: 'localhost',
    });
    expect([home, experimentFolder]).toEqual([resolve('data'), resolve('data', 'first-experiment')]);
    expect(places).toMatchObject({ gateway: { port: 5000 }, registry: { host: 'localhost', port: 4002 } });
  });

  it('is complained about all at once', () => {
    expect(() => readPlatformEnvironment({ GATEWAY_PORT: 'x', TRAINING_PORT: '-1' })).toThrow(
      /GATEWAY_PORT.*TRAINING_PORT/s,
    );
  });
});
