import { join } from 'node:path';
import type { PlatformEnvironment } from '../environment.js';
import { addressOf, choosePorts } from './choose-ports.js';
import type { GuardedProcess } from './guarded-process.js';
import { knownServices, type ServiceName, serviceNames } from './known-services.js';
import { type SupervisedService, superviseService } from './supervised-service.js';

export interface StartServicesOptions {
  readonly environment: PlatformEnvironment;
  /** Passed on to every service. */
  readonly variables: NodeJS.ProcessEnv;
  readonly say: (sentence: string) => void;
  /** A process was started. */
  readonly onStarted: (started: GuardedProcess) => Promise<void>;
  /** Programs in the place of the known ones. */
  readonly programs?: Partial<Record<ServiceName, string>>;
}

/** All services, ready. */
export interface RunningServices {
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** Rejects where one of them cannot be kept up; never resolves. */
  readonly lost: Promise<never>;
  /** Everything in order. */
  stop(): Promise<void>;
}

/**
 * Brings up all services side by side, and stops those that are up where one cannot start.
 * @throws ModaError PORT_TAKEN, SERVICE_NOT_STARTED
 */
export async function startServices(
  options: StartServicesOptions,
  stopped: AbortSignal,
): Promise<RunningServices> {
  const { environment, say, onStarted, programs = {} } = options;
  const places = await choosePorts(environment.places);
  const urls = {
    gateway: addressOf(places.gateway),
    training: addressOf(places.training),
    registry: addressOf(places.registry),
    experiments: addressOf(places.experiments),
    marketplace: addressOf(places.marketplace),
  };
  const variables = variablesOf(options.variables, environment.home, urls);
  // One that cannot start is the end of the others' starts too.
  const failed = new AbortController();
  const starts = serviceNames.map(async (name) => {
    const { title, program, graceMs, portVariable } = knownServices[name];
    const service = await superviseService(
      {
        title,
        program: programs[name] ?? program,
        words: ['--port', String(places[name].port)],
        environment: { ...variables, [portVariable]: String(places[name].port) },
        logFile: join(environment.logsFolder, `${name}.log`),
        graceMs,
        say,
        onStarted,
      },
      AbortSignal.any([stopped, failed.signal]),
    );
    say(`The ${title} is ready at ${service.url}.`);
    return service;
  });
  const outcomes = await Promise.allSettled(
    starts.map((start) =>
      start.catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    ),
  );
  const running = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.stop()));
  };
  if (running.length < serviceNames.length) {
    await stop();
    stopped.throwIfAborted();
    throw failed.signal.reason;
  }
  return {
    urls,
    lost: Promise.race(running.map(({ lost }: SupervisedService) => lost)),
    stop,
  };
}

/** Each service knows where the others are, wherever that is this time. */
function variablesOf(
  given: NodeJS.ProcessEnv,
  home: string,
  urls: Readonly<Record<ServiceName, string>>,
): NodeJS.ProcessEnv {
  return {
    ...given,
    MODA_HOME: home,
    MODA_REGISTRY: urls.registry,
    REGISTRY_URL: urls.registry,
    TRAINING_URL: urls.training,
    MODA_GATEWAY: urls.gateway,
    MARKETPLACE_URL: urls.marketplace,
    ACCESS_URL: given['ACCESS_URL'] ?? urls.training,
  };
}
