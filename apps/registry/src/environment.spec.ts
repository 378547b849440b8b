import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegistryEnvironment } from './environment.js';

const s3 = {
  S3_ENDPOINT: 'http://127.0.0.1:9000/',
  S3_BUCKET: 'moda',
  S3_ACCESS_KEY: 'a',
  S3_SECRET_KEY: 'b',
};

describe('the environment of the registry', () => {
  it('may be empty: everything in one folder, on the loopback address', () => {
    const home = resolve('.moda');
    expect(readRegistryEnvironment({})).toMatchObject({
      host: '127.0.0.1',
      port: 4002,
      databaseUrl: undefined,
      databaseFolder: `${home}/registry/database`,
      blobs: { kind: 'folder', folder: `${home}/registry/blobs` },
      urlSecretFile: `${home}/registry/url-secret`,
      keysFolder: `${home}/keys`,
      allowUnsigned: false,
      logLevel: 'info',
    });
  });

  it('may name an S3 store and a database', () => {
    const variables = { ...s3, S3_KEY_PREFIX: 'models/', DATABASE_URL: 'postgresql://u@h/d' };
    expect(readRegistryEnvironment(variables)).toMatchObject({
      databaseUrl: 'postgresql://u@h/d',
      blobs: { kind: 's3', endpoint: 'http://127.0.0.1:9000', bucket: 'moda', keyPrefix: 'models/' },
    });
  });

  it('is refused where the store is described in part', () => {
    const { S3_SECRET_KEY: _, ...part } = s3;
    expect(() => readRegistryEnvironment(part)).toThrow(
      'The environment describes an S3 store without S3_SECRET_KEY; set them too, or none of',
    );
  });

  it('is refused with all complaints at once', () => {
    const variables = { REGISTRY_HOST: '0.0.0.0', REGISTRY_PORT: 'x', DATABASE_URL: 'mysql://h/d' };
    expect(() => readRegistryEnvironment(variables)).toThrow(
      /REGISTRY_HOST is .*REGISTRY_PORT is .*DATABASE_URL is/,
    );
  });
});
