import { join, resolve } from 'node:path';
import { ModaError } from '@moda/contracts';
import {
  type AccessSettings,
  accessSettings,
  accessVariables,
  flag,
  httpAddress,
  listenHost,
  logLevel,
  milliseconds,
  port,
  readEnvironment,
} from '@moda/service-kit';
import { z } from 'zod';

export const defaultPort = 4002;

const shape = {
  ...accessVariables,
  MODA_HOME: z.string().default('.moda'),
  REGISTRY_PORT: port(defaultPort),
  REGISTRY_PUBLIC_URL: httpAddress().optional(),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'is no address of a PostgreSQL database; give one as in postgresql://user@host/name',
    )
    .optional(),
  S3_ENDPOINT: httpAddress().optional(),
  S3_PUBLIC_ENDPOINT: httpAddress().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_REGION: z.string().optional(),
  S3_KEY_PREFIX: z.string().optional(),
  MODA_SIGNING_KEY: z.string().optional(),
  MODA_TRUSTED_KEYS: z.string().optional(),
  MODA_ALLOW_UNSIGNED: flag(),
  LOG_LEVEL: logLevel(),
  STOP_NOTICE_MS: milliseconds(0),
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
      readonly region?: string | undefined;
      readonly publicEndpoint?: string | undefined;
      readonly keyPrefix?: string | undefined;
    };

export interface RegistryEnvironment {
  readonly host: string;
  readonly port: number;
  readonly access: AccessSettings;
  /** Where readers reach this process, if not at the address it listens at. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  /** Of the embedded database, where there is no other. */
  readonly databaseFolder: string;
  readonly blobs: BlobPlace;
  readonly urlSecretFile: string;
  readonly keysFolder: string;
  readonly signingKeyFile: string | undefined;
  readonly trustedKeysFile: string | undefined;
  readonly allowUnsigned: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly stopNoticeMs: number;
}

/**
 * All that the registry takes from the environment.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readRegistryEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): RegistryEnvironment {
  const given = readEnvironment({ REGISTRY_HOST: listenHost(variables), ...shape }, variables);
  const home = resolve(given.MODA_HOME);
  return {
    host: given.REGISTRY_HOST,
    port: given.REGISTRY_PORT,
    access: accessSettings(given),
    publicUrl: given.REGISTRY_PUBLIC_URL,
    databaseUrl: given.DATABASE_URL,
    databaseFolder: join(home, 'registry', 'database'),
    blobs: blobPlace(given, join(home, 'registry', 'blobs')),
    urlSecretFile: join(home, 'registry', 'url-secret'),
    keysFolder: join(home, 'keys'),
    signingKeyFile: given.MODA_SIGNING_KEY,
    trustedKeysFile: given.MODA_TRUSTED_KEYS,
    allowUnsigned: given.MODA_ALLOW_UNSIGNED,
    logLevel: given.LOG_LEVEL,
    stopNoticeMs: given.STOP_NOTICE_MS,
  };
}

type Given = z.output<z.ZodObject<typeof shape>>;

function blobPlace(given: Given, folder: string): BlobPlace {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
  } = given;
  if (endpoint !== undefined && bucket !== undefined && accessKey !== undefined && secretKey !== undefined)
    return {
      kind: 's3',
      endpoint,
      bucket,
      accessKey,
      secretKey,
      region: given.S3_REGION,
      publicEndpoint: given.S3_PUBLIC_ENDPOINT,
      keyPrefix: given.S3_KEY_PREFIX,
    };
  const needed = {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(needed).length) return { kind: 'folder', folder };
  throw new ModaError(
    'ENVIRONMENT_INVALID',
    `The environment describes an S3 store without ${missing.join(', ')}; set them too, or none of S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY to keep blobs in files.`,
    { missing },
  );
}
