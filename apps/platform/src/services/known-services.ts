import { join } from 'node:path';

export type ServiceName = 'registry' | 'training' | 'gateway' | 'experiments' | 'marketplace';

type VariablePrefix = 'REGISTRY' | 'TRAINING' | 'GATEWAY' | 'EXPERIMENTS_WEB' | 'MARKETPLACE_WEB';

/** A service that the platform brings up. */
export interface KnownService {
  /** As people call it. */
  readonly title: string;
  readonly program: string;
  readonly defaultPort: number;
  readonly portVariable: `${VariablePrefix}_PORT`;
  readonly hostVariable: `${VariablePrefix}_HOST`;
  /** What an orderly end may take (ms): answers under way, and the checkpoints of what is trained. */
  readonly graceMs: number;
}

const apps = join(import.meta.dirname, '..', '..', '..');

function program(name: string): string {
  return join(apps, name, 'bin', `moda-${name}.mjs`);
}

/** In the order in which they are named to people. */
export const knownServices: Readonly<Record<ServiceName, KnownService>> = {
  gateway: {
    title: 'gateway',
    program: program('gateway'),
    defaultPort: 4000,
    portVariable: 'GATEWAY_PORT',
    hostVariable: 'GATEWAY_HOST',
    graceMs: 15_000,
  },
  training: {
    title: 'training service',
    program: program('training'),
    defaultPort: 4001,
    portVariable: 'TRAINING_PORT',
    hostVariable: 'TRAINING_HOST',
    graceMs: 40_000,
  },
  registry: {
    title: 'registry',
    program: program('registry'),
    defaultPort: 4002,
    portVariable: 'REGISTRY_PORT',
    hostVariable: 'REGISTRY_HOST',
    graceMs: 15_000,
  },
  experiments: {
    title: 'experiments app',
    program: program('experiments-web'),
    defaultPort: 3000,
    portVariable: 'EXPERIMENTS_WEB_PORT',
    hostVariable: 'EXPERIMENTS_WEB_HOST',
    graceMs: 10_000,
  },
  marketplace: {
    title: 'marketplace',
    program: program('marketplace-web'),
    defaultPort: 3001,
    portVariable: 'MARKETPLACE_WEB_PORT',
    hostVariable: 'MARKETPLACE_WEB_HOST',
    graceMs: 10_000,
  },
};

export const serviceNames = Object.keys(knownServices) as ServiceName[];

/** The command line, which goes on with the experiment when its networks are trained. */
export const commandLineProgram = join(apps, 'cli', 'bin', 'moda.mjs');
