import { describe, expect, it } from 'vitest';
import { checkOptions, maxParts, parseEndpoint } from './options.js';
import { partBytesFor } from './upload.js';

describe('the address of an S3 store', () => {
  it.each([
    ['http://127.0.0.1:9000', { host: '127.0.0.1', port: 9000, secure: false }],
    ['https://s3.example.org', { host: 's3.example.org', port: 443, secure: true }],
    ['http://s3.example.org/', { host: 's3.example.org', port: 80, secure: false }],
    ['http://[::1]:9000', { host: '::1', port: 9000, secure: false }],
  ])('%s is understood', (text, expected) => {
    expect(parseEndpoint(text)).toEqual(expected);
  });

  it.each([
    '',
    'localhost:9000',
    'ftp://host',
    'http://host/bucket',
    'http://user:secret@host',
    'http://host?x',
  ])('%j is refused', (text) => {
    expect(() => parseEndpoint(text)).toThrow(
      expect.objectContaining({
        code: 'BLOB_STORE_INVALID',
        message: expect.stringContaining('give scheme') as string,
      }),
    );
  });
});

describe('the description of an S3 store', () => {
  const good = { endpoint: 'http://127.0.0.1:9000', bucket: 'moda-blobs', accessKey: 'a', secretKey: 'b' };

  it('is taken with and without the optional parts', () => {
    expect(() => checkOptions(good)).not.toThrow();
    expect(() =>
      checkOptions({ ...good, keyPrefix: 'moda/v1.0/', partSizeBytes: 5 * 2 ** 20 }),
    ).not.toThrow();
  });

  it.each([
    [{ bucket: 'Capital' }],
    [{ bucket: 'a' }],
    [{ bucket: '../up' }],
    [{ accessKey: '' }],
    [{ secretKey: '' }],
    [{ keyPrefix: 'no-slash' }],
    [{ keyPrefix: '../' }],
    [{ keyPrefix: '/' }],
    [{ partSizeBytes: 5 * 2 ** 20 - 1 }],
    [{ partSizeBytes: Number.NaN }],
    [{ partsInFlight: 0 }],
  ])('is refused with %j', (wrong) => {
    expect(() => checkOptions({ ...good, ...wrong })).toThrow(
      expect.objectContaining({ code: 'BLOB_STORE_INVALID' }),
    );
  });
});

it('parts grow where there would be more than S3 takes', () => {
  const sixteenMiB = 16 * 2 ** 20;
  expect(partBytesFor(2 ** 30, sixteenMiB)).toBe(sixteenMiB);
  for (const sizeBytes of [sixteenMiB * maxParts, sixteenMiB * maxParts + 1, 5 * 2 ** 40])
    expect(Math.ceil(sizeBytes / partBytesFor(sizeBytes, sixteenMiB))).toBeLessThanOrEqual(maxParts);
});
