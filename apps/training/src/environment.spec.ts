import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTrainingEnvironment } from './environment.js';

describe('the environment of the training service', () => {
  it('needs nothing', () => {
    const home = resolve('.moda');
    expect(readTrainingEnvironment({})).toEqual({
      host: '127.0.0.1',
      port: 4001,
      access: { kind: 'open' },
      accessSecretFile: join(home, 'training', 'access-secret'),
      publicUrl: undefined,
      databaseUrl: undefined,
      databaseFolder: join(home, 'training', 'database'),
      logitsFolder: join(home, 'training', 'logits'),
      runsFolder: join(home, 'training', 'runs'),
      blobs: { kind: 'folder', folder: join(home, 'training', 'blobs') },
      urlSecretFile: join(home, 'training', 'url-secret'),
      keysFolder: join(home, 'keys'),
      registry: 'http://127.0.0.1:4002',
      runsAtOnce: undefined,
      runsPerUser: undefined,
      workerProgram: undefined,
      cluster: undefined,
      podSecretFile: join(home, 'training', 'pod-secret'),
      logLevel: 'info',
      stopNoticeMs: 0,
      stopGraceMs: 20_000,
    });
  });

  it('takes what is given', () => {
    const given = {
      TRAINING_PORT: '0',
      TRAINING_RUNS_AT_ONCE: '4',
      TRAINING_RUNS_PER_USER: '2',
      DATABASE_URL: 'postgres://ada@db/moda',
      MODA_REGISTRY: 'http://registry:4002/',
    };
    expect(readTrainingEnvironment(given)).toMatchObject({
      port: 0,
      runsAtOnce: 4,
      runsPerUser: 2,
      databaseUrl: 'postgres://ada@db/moda',
      registry: 'http://registry:4002',
    });
  });

  it('may describe a bucket, which can be the registry’s, too', () => {
    const bucket = {
      S3_ENDPOINT: 'http://minio:9000',
      S3_BUCKET: 'moda',
      S3_ACCESS_KEY: 'key',
      S3_SECRET_KEY: 'secret',
    };
    const blobs = {
      kind: 's3',
      endpoint: 'http://minio:9000',
      bucket: 'moda',
      accessKey: 'key',
      secretKey: 'secret',
    };
    expect(readTrainingEnvironment(bucket).blobs).toEqual({ ...blobs, keyPrefix: 'training/' });
    expect(readTrainingEnvironment({ ...bucket, S3_KEY_PREFIX: 'lab/' }).blobs).toEqual({
      ...blobs,
      keyPrefix: 'lab/training/',
    });
    const { S3_BUCKET: _, ...partial } = bucket;
    expect(() => readTrainingEnvironment(partial)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        message: expect.stringContaining('without S3_BUCKET;') as string,
      }),
    );
  });

  it('is refused with every complaint at once', () => {
    const wrong = { TRAINING_HOST: '0.0.0.0', TRAINING_RUNS_AT_ONCE: '0', DATABASE_URL: 'mysql://db' };
    expect(() => readTrainingEnvironment(wrong)).toThrow(
      expect.objectContaining({
        code: 'ENVIRONMENT_INVALID',
        message: expect.stringMatching(/TRAINING_HOST.*DATABASE_URL.*TRAINING_RUNS_AT_ONCE/) as string,
      }),
    );
  });
});
