import { join } from 'node:path';

export type ServiceName = 'registry' | 'training' | 'gateway';

/** A service that the platform brings up. */
export interface KnownService {
  /** As people call it. */
  readonly title: string;
  readonly program: string;
  readonly defaultPort: number;
  readonly portVariable: 'REGISTRY_PORT' | 'TRAINING_PORT' | 'GATEWAY_PORT';
  readonly hostVariable: 'REGISTRY_HOST' | 'TRAINING_HOST' | 'GATEWAY_HOST';
  /** What an orderly end may take (ms): answers under way, and the checkpoints of what is trained. */
  readonly graceMs: number;
}

const apps = join(import.meta.dirname, '..', '..', '..');

function program(name: ServiceName): string {
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
};

export const serviceNames = Object.keys(knownServices) as ServiceName[];

/** The command line, which goes on with the experiment when its networks are trained. */
export const commandLineProgram = join(apps, 'cli', 'bin', 'moda.mjs');
