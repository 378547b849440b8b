import { ModaError } from '@moda/contracts';
import { httpAddress } from '@moda/service-kit';
import { z } from 'zod';

/** The same as those of the registry: both may share a bucket, each behind a prefix of its own. */
export const blobVariables = {
  S3_ENDPOINT: httpAddress().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_KEY_PREFIX: z.string().optional(),
};

/** Behind the prefix that is given, so that the registry's blobs and these do not meet: each removes what it does not know. */
const ownPrefix = 'training/';

/** Where blobs are kept. */
export type BlobPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly accessKey: string;
      readonly secretKey: string;
      readonly region?: string | undefined;
      readonly keyPrefix: string;
    };

/**
 * The bucket that the environment describes, or else a folder.
 *
 * @throws ModaError ENVIRONMENT_INVALID where the description is not whole
 */
export function blobPlace(given: z.output<z.ZodObject<typeof blobVariables>>, folder: string): BlobPlace {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION, S3_KEY_PREFIX = '' } = given;
  if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY && S3_SECRET_KEY)
    return {
      kind: 's3',
      endpoint: S3_ENDPOINT,
      bucket: S3_BUCKET,
      accessKey: S3_ACCESS_KEY,
      secretKey: S3_SECRET_KEY,
      region: S3_REGION,
      keyPrefix: `${S3_KEY_PREFIX}${ownPrefix}`,
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
