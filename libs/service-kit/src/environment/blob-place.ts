import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { httpAddress } from './variables.js';

/** Of the store that a service keeps blobs in. Several may share a bucket, each behind a prefix of its own. */
export const blobVariables = {
  S3_ENDPOINT: httpAddress().optional(),
  S3_PUBLIC_ENDPOINT: httpAddress().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_KEY_PREFIX: z.string().default(''),
};

/** Where blobs are kept. */
export type BlobPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly accessKey: string;
      readonly secretKey: string;
      readonly region: string | undefined;
      /** Where browsers reach the store, if not at `endpoint`. */
      readonly publicEndpoint: string | undefined;
      /** In front of every key. */
      readonly keyPrefix: string;
    };

/**
 * The bucket that the environment describes, or else a folder.
 *
 * @param ownPrefix behind the prefix that is given, for services that share it: each removes blobs that it does not know
 * @throws ModaError ENVIRONMENT_INVALID where the description is not whole
 */
export function blobPlace(
  given: z.output<z.ZodObject<typeof blobVariables>>,
  folder: string,
  ownPrefix = '',
): BlobPlace {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY } = given;
  if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY && S3_SECRET_KEY)
    return {
      kind: 's3',
      endpoint: S3_ENDPOINT,
      bucket: S3_BUCKET,
      accessKey: S3_ACCESS_KEY,
      secretKey: S3_SECRET_KEY,
      region: given.S3_REGION,
      publicEndpoint: given.S3_PUBLIC_ENDPOINT,
      keyPrefix: `${given.S3_KEY_PREFIX}${ownPrefix}`,
    };
  const needed = { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length === Object.keys(needed).length) return { kind: 'folder', folder };
  throw new ModaError(
    'ENVIRONMENT_INVALID',
    `The environment describes an S3 store without ${missing.join(', ')}; set them too, or none of S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY to keep blobs in files.`,
    { missing },
  );
}
