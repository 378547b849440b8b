import { join, resolve } from 'node:path';
import {
  type AccessSettings,
  accessSettings,
  accessVariables,
  httpAddress,
  listenHost,
  logLevel,
  milliseconds,
  port,
  readEnvironment,
  type BlobPlace,
  blobPlace,
  blobVariables,
} from '@moda/service-kit';
import { z } from 'zod';
import { clusterSettings, clusterVariables } from './cluster/cluster-settings.js';
import type { JobSettings } from './cluster/job-settings.js';

export const defaultPort = 4001;
const defaultRegistry = 'http://127.0.0.1:4002';
const maxRunsAtOnce = 1_000;

const shape = {
  ...accessVariables,
  MODA_HOME: z.string().default('.moda'),
  TRAINING_PORT: port(defaultPort),
  TRAINING_PUBLIC_URL: httpAddress().optional(),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'is no address of a PostgreSQL database; give one as in postgresql://user@host/name',
    )
    .optional(),
  ...blobVariables,
  MODA_REGISTRY: httpAddress().default(defaultRegistry),
  TRAINING_RUNS_AT_ONCE: count().optional(),
  TRAINING_RUNS_PER_USER: count().optional(),
  TRAINING_WORKER: z.string().optional(),
  ...clusterVariables,
  POD_SECRET_FILE: z.string().optional(),
  LOG_LEVEL: logLevel(),
  STOP_NOTICE_MS: milliseconds(0),
  STOP_GRACE_MS: milliseconds(20_000),
};

export interface TrainingEnvironment {
  readonly host: string;
  readonly port: number;
  readonly access: AccessSettings;
  /** Kept by those alone who run the machine. */
  readonly accessSecretFile: string;
  /** Where readers reach this process, if not at the address it listens at. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  /** Of the embedded database, where there is no other. */
  readonly databaseFolder: string;
  readonly runsFolder: string;
  /** Of what is archived of runs. */
  readonly blobs: BlobPlace;
  /** Of the addresses of files that are given out. */
  readonly urlSecretFile: string;
  readonly keysFolder: string;
  /** For what is fetched to compute with, which does not stay. */
  readonly logitsFolder: string;
  /** Where models are published. */
  readonly registry: string;
  /** As many as this machine bears if undefined. */
  readonly runsAtOnce: number | undefined;
  readonly runsPerUser: number | undefined;
  /** The program of a worker, if not the one of this package. */
  readonly workerProgram: string | undefined;
  /** How runs become Jobs, where a cluster and not this machine is to run them. */
  readonly cluster: JobSettings | undefined;
  /** Of the tokens of their pods. */
  readonly podSecretFile: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly stopNoticeMs: number;
  /** For the checkpoints of workers when the service stops. */
  readonly stopGraceMs: number;
}

/**
 * All that the training service takes from the environment.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readTrainingEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): TrainingEnvironment {
  const given = readEnvironment({ TRAINING_HOST: listenHost(variables), ...shape }, variables);
  const home = resolve(given.MODA_HOME);
  return {
    host: given.TRAINING_HOST,
    port: given.TRAINING_PORT,
    access: accessSettings(given),
    accessSecretFile: join(home, 'training', 'access-secret'),
    publicUrl: given.TRAINING_PUBLIC_URL,
    databaseUrl: given.DATABASE_URL,
    databaseFolder: join(home, 'training', 'database'),
    runsFolder: join(home, 'training', 'runs'),
    blobs: blobPlace(given, join(home, 'training', 'blobs'), 'training/'),
    urlSecretFile: join(home, 'training', 'url-secret'),
    keysFolder: join(home, 'keys'),
    logitsFolder: join(home, 'training', 'logits'),
    registry: given.MODA_REGISTRY,
    runsAtOnce: given.TRAINING_RUNS_AT_ONCE,
    runsPerUser: given.TRAINING_RUNS_PER_USER,
    workerProgram: given.TRAINING_WORKER,
    cluster: clusterSettings(given),
    podSecretFile: resolve(given.POD_SECRET_FILE ?? join(home, 'training', 'pod-secret')),
    logLevel: given.LOG_LEVEL,
    stopNoticeMs: given.STOP_NOTICE_MS,
    stopGraceMs: given.STOP_GRACE_MS,
  };
}

function count() {
  return z
    .string()
    .refine((text) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= maxRunsAtOnce, {
      error: ({ input }) => `is ${JSON.stringify(input)}; give a number of runs from 1 to ${maxRunsAtOnce}`,
    })
    .transform(Number);
}
