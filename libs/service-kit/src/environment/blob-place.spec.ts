import { describe, expect, it } from 'vitest';
import { type BlobPlace, blobPlace, blobVariables } from './blob-place.js';
import { readEnvironment } from './read-environment.js';

const s3 = { S3_ENDPOINT: 'http://store:9000/', S3_BUCKET: 'moda', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' };

const placeOf = (variables: Record<string, string>, ownPrefix?: string): BlobPlace =>
  blobPlace(readEnvironment(blobVariables, variables), '/blobs', ownPrefix);

describe('the place of blobs', () => {
  it('is a folder where the environment says nothing of S3', () => {
    expect(placeOf({})).toEqual({ kind: 'folder', folder: '/blobs' });
    expect(placeOf({ S3_REGION: 'here', S3_KEY_PREFIX: 'lab/' })).toEqual({
      kind: 'folder',
      folder: '/blobs',
    });
  });

  it('is the bucket that the environment describes', () => {
    expect(placeOf(s3)).toEqual({
      kind: 's3',
      endpoint: 'http://store:9000',
      bucket: 'moda',
      accessKey: 'a',
      secretKey: 'b',
      keyPrefix: '',
    });
    expect(placeOf({ ...s3, S3_PUBLIC_ENDPOINT: 'https://files.example', S3_REGION: 'here' })).toMatchObject({
      publicEndpoint: 'https://files.example',
      region: 'here',
    });
  });

  it('is behind the prefix that people give and that of the service', () => {
    expect(placeOf({ ...s3, S3_KEY_PREFIX: 'lab/' }, 'training/')).toMatchObject({
      keyPrefix: 'lab/training/',
    });
  });

  it.each(Object.keys(s3))('is no bucket without %s', (name) => {
    expect(() => placeOf({ ...s3, [name]: '' })).toThrow(`describes an S3 store without ${name}; set`);
  });
});
