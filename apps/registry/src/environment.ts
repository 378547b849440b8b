import { join, resolve } from 'node:path';
import {
  type AccessSettings,
  accessSettings,
  accessVariables,
  type BlobPlace,
  blobPlace,
  blobVariables,
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
  ...blobVariables,
  MODA_SIGNING_KEY: z.string().optional(),
  MODA_TRUSTED_KEYS: z.string().optional(),
  MODA_ALLOW_UNSIGNED: flag(),
  LOG_LEVEL: logLevel(),
  STOP_NOTICE_MS: milliseconds(0),
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
