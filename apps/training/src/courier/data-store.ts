import { z } from 'zod';

/** A bucket with data sets, each behind its name and a slash: `mnist/train-images-idx3-ubyte.gz`. */
export interface DataStore {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string | undefined;
  /** In front of the names of data sets; nothing, or names that each end in a slash. */
  readonly keyPrefix: string;
}

const text = z.string().optional();

/** The entries of the Secret that TRAINING_DATA_SECRET names, as a pod has them. */
export const dataVariables = {
  MODA_DATA_S3_ENDPOINT: text,
  MODA_DATA_S3_BUCKET: text,
  MODA_DATA_S3_ACCESS_KEY: text,
  MODA_DATA_S3_SECRET_KEY: text,
  MODA_DATA_S3_REGION: text,
  MODA_DATA_S3_KEY_PREFIX: text,
};

type Given = Readonly<z.output<z.ZodObject<typeof dataVariables>>>;

/** Of a bucket that is described in part the variables that the rest of it is missing in. */
export function missingOfDataStore(given: Given): readonly (keyof Given)[] {
  const needed = [
    'MODA_DATA_S3_ENDPOINT',
    'MODA_DATA_S3_BUCKET',
    'MODA_DATA_S3_ACCESS_KEY',
    'MODA_DATA_S3_SECRET_KEY',
  ] as const;
  const missing = needed.filter((name) => given[name] === undefined);
  return missing.length === needed.length ? [] : missing;
}

/** @returns undefined where no bucket is described, or not the whole of it */
export function dataStoreOf(given: Given): DataStore | undefined {
  const {
    MODA_DATA_S3_ENDPOINT: endpoint,
    MODA_DATA_S3_BUCKET: bucket,
    MODA_DATA_S3_ACCESS_KEY: accessKey,
    MODA_DATA_S3_SECRET_KEY: secretKey,
    MODA_DATA_S3_REGION: region,
    MODA_DATA_S3_KEY_PREFIX: keyPrefix = '',
  } = given;
  if (endpoint === undefined || bucket === undefined || accessKey === undefined || secretKey === undefined)
    return undefined;
  return { endpoint, bucket, accessKey, secretKey, region, keyPrefix };
}
