import { ModaError } from '@moda/contracts';
import {
  type AccessSettings,
  accessSettings,
  accessVariables,
  flag,
  httpAddress,
  logLevel,
  listenHost,
  milliseconds,
  port,
  readEnvironment,
} from '@moda/service-kit';
import { z } from 'zod';
import { knownSubgraphs } from './subgraphs/known-subgraphs.js';
import type { Subgraph } from './subgraphs/subgraph.js';

export const defaultPort = 4000;

const shape = {
  ...accessVariables,
  GATEWAY_PORT: port(defaultPort),
  GATEWAY_PUBLIC_URL: httpAddress().optional(),
  REGISTRY_URL: httpAddress().optional(),
  TRAINING_URL: httpAddress().optional(),
  SUBGRAPH_TIMEOUT_MS: milliseconds(10_000),
  STREAM_SILENCE_MS: milliseconds(60_000),
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_ONLY: flag(),
  LOG_LEVEL: logLevel(),
  STOP_NOTICE_MS: milliseconds(0),
};

export interface GatewayEnvironment {
  /** Who may ask. */
  readonly access: AccessSettings;
  readonly host: string;
  readonly port: number;
  /** Where callers reach this process, if not at the address it listens at. */
  readonly publicUrl: string | undefined;
  readonly subgraphs: readonly Subgraph[];
  /** File of the trusted documents. */
  readonly trustedDocuments: string | undefined;
  readonly trustedOnly: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly stopNoticeMs: number;
}

/**
 * All that the gateway takes from the environment.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readGatewayEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): GatewayEnvironment {
  const given = readEnvironment({ ...shape, GATEWAY_HOST: listenHost(variables) }, variables);
  if (given.TRUSTED_ONLY && given.TRUSTED_DOCUMENTS === undefined)
    throw new ModaError(
      'ENVIRONMENT_INVALID',
      'TRUSTED_ONLY is true, but there is no list of documents; name its file in TRUSTED_DOCUMENTS.',
    );
  return {
    access: accessSettings(given),
    host: given.GATEWAY_HOST,
    port: given.GATEWAY_PORT,
    publicUrl: given.GATEWAY_PUBLIC_URL,
    subgraphs: knownSubgraphs.map(({ name, variable, defaultUrl }) => ({
      name,
      url: given[variable] ?? defaultUrl,
      timeoutMs: given.SUBGRAPH_TIMEOUT_MS,
      silenceMs: given.STREAM_SILENCE_MS,
    })),
    trustedDocuments: given.TRUSTED_DOCUMENTS,
    trustedOnly: given.TRUSTED_ONLY,
    logLevel: given.LOG_LEVEL,
    stopNoticeMs: given.STOP_NOTICE_MS,
  };
}
