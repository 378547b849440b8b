import { join, resolve } from 'node:path';
import { defaultHost, port, readEnvironment } from '@moda/service-kit';
import { z } from 'zod';
import { type KnownService, knownServices, type ServiceName } from './services/known-services.js';

const shape = {
  MODA_HOME: z.string().default('.moda'),
  MODA_FIRST_PLAN: z.string().optional(),
  MODA_TOKEN: z.string().optional(),
  GATEWAY_PORT: port(knownServices.gateway.defaultPort),
  TRAINING_PORT: port(knownServices.training.defaultPort),
  REGISTRY_PORT: port(knownServices.registry.defaultPort),
  EXPERIMENTS_WEB_PORT: port(knownServices.experiments.defaultPort),
  MARKETPLACE_WEB_PORT: port(knownServices.marketplace.defaultPort),
  GATEWAY_HOST: z.string().default(defaultHost),
  TRAINING_HOST: z.string().default(defaultHost),
  REGISTRY_HOST: z.string().default(defaultHost),
  EXPERIMENTS_WEB_HOST: z.string().default(defaultHost),
  MARKETPLACE_WEB_HOST: z.string().default(defaultHost),
};

export interface Place {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

export interface PlatformEnvironment {
  readonly home: string;
  readonly logsFolder: string;
  /** Of the platform itself: who runs here, and what it started. */
  readonly stateFolder: string;
  readonly experimentFolder: string;
  /** Settings of the experiment, if not the usual ones. */
  readonly planFile: string | undefined;
  /** For the experiment's own requests, where the services ask who asks. */
  readonly token: string | undefined;
  readonly places: Readonly<Record<ServiceName, Place>>;
}

/**
 * All that the platform itself takes from the environment; the services read the rest of it.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readPlatformEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): PlatformEnvironment {
  const given = readEnvironment(shape, variables);
  const home = resolve(given.MODA_HOME);
  const place = ({ hostVariable, portVariable }: KnownService): Place => ({
    host: given[hostVariable],
    port: given[portVariable],
  });
  return {
    home,
    logsFolder: join(home, 'logs'),
    stateFolder: join(home, 'platform'),
    experimentFolder: join(home, 'first-experiment'),
    planFile: given.MODA_FIRST_PLAN === undefined ? undefined : resolve(given.MODA_FIRST_PLAN),
    token: given.MODA_TOKEN,
    places: {
      registry: place(knownServices.registry),
      training: place(knownServices.training),
      gateway: place(knownServices.gateway),
      experiments: place(knownServices.experiments),
      marketplace: place(knownServices.marketplace),
    },
  };
}
