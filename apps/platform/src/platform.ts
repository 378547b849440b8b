import { resolve } from 'node:path';
import { isModaError } from '@moda/contracts';
import type { PlatformEnvironment } from './environment.js';
import { firstExperiment } from './experiment/first-experiment.js';
import type { PublishedModules } from './experiment/publish-modules.js';
import { gatewayClient } from './gateway/gateway-client.js';
import { awaitLeftovers } from './home/await-leftovers.js';
import { checkRoom } from './home/check-room.js';
import { claimHome } from './home/claim-home.js';
import { type Output, progressView } from './output/progress-view.js';
import { whereEverythingIs } from './output/where-everything-is.js';
import { startServices, type RunningServices } from './services/start-services.js';
import type { StartedProcesses } from './services/started-processes.js';

export interface PlatformOptions {
  readonly environment: PlatformEnvironment;
  /** For what is started; it goes there as it is. */
  readonly variables: NodeJS.ProcessEnv;
  readonly once: boolean;
  readonly out: string | undefined;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly started: StartedProcesses;
  /** Aborted where a person wants it to end. */
  readonly stopped: AbortSignal;
}

/**
 * Brings everything up, does the first experiment through it, says where everything is and stays until it is stopped. Whatever happens, it
 * leaves nothing running.
 */
export async function runPlatform(options: PlatformOptions): Promise<void> {
  const { environment, stderr, started, stopped } = options;
  const lock = await claimHome(environment);
  try {
    await checkRoom(environment.home);
    await checkPlan(environment);
    const say = (text: string): void => void stderr.write(`${text}\n`);
    await awaitLeftovers({ stateFolder: environment.stateFolder, say, signal: stopped });
    const services = await startServices(
      { environment, variables: options.variables, say, onStarted: started.add },
      stopped,
    );
    try {
      await untilLost(services, stopped, (signal) => work({ ...options, stopped: signal }, services));
    } finally {
      if (stopped.aborted)
        say('Stopping; what is trained writes its checkpoint. Ctrl-C again ends it at once.');
      await services.stop();
    }
  } finally {
    await started.forget();
    await lock.release();
  }
}

/**
 * What a person wrote is refused before anything is started for it.
 * @throws ModaError SPEC_INVALID, and where the file cannot be read
 */
async function checkPlan({ planFile }: PlatformEnvironment): Promise<void> {
  // Large, and needed that early only where there is a file.
  if (planFile !== undefined) await (await import('@moda/experiments')).readPlan(planFile);
}

/** Work that ends when a service is lost for good, and not before all that it started has ended. */
async function untilLost(
  { lost }: RunningServices,
  stopped: AbortSignal,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  lost.catch((reason: unknown) => gone.abort(reason));
  try {
    await task(AbortSignal.any([stopped, gone.signal]));
  } catch (error) {
    if (!stopped.aborted) gone.signal.throwIfAborted();
    throw error;
  }
}

async function work(options: PlatformOptions, services: RunningServices): Promise<void> {
  const { environment, stdout, stderr, once, stopped } = options;
  if (!once) stderr.write(`The first experiment can be followed live at ${services.urls.experiments}.\n`);
  const modules = await experimented(options, services);
  if (modules !== undefined)
    stdout.write(
      `\n${whereEverythingIs({
        urls: services.urls,
        experimentFolder: folderOf(options),
        logsFolder: environment.logsFolder,
        modules,
      })}`,
    );
  if (once) return;
  stderr.write('\nEverything stays up until Ctrl-C.\n');
  await new Promise<never>((_resolve, reject) => {
    stopped.addEventListener('abort', () => reject(stopped.reason as Error));
    if (stopped.aborted) reject(stopped.reason as Error);
  });
}

/** Undefined where the services do not let the experiment in, which is no reason to take them down. */
async function experimented(
  options: PlatformOptions,
  services: RunningServices,
): Promise<PublishedModules | undefined> {
  const { environment, variables, once, stderr, started, stopped } = options;
  const { planFile, token } = environment;
  try {
    return await firstExperiment({
      client: gatewayClient({ url: services.urls.gateway, token, signal: stopped }),
      folder: folderOf(options),
      planFile,
      variables,
      view: progressView(stderr),
      onStarted: started.add,
      signal: stopped,
    });
  } catch (error) {
    const isKeptOut = isModaError(error) && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.code);
    if (once || !isKeptOut) throw error;
    stderr.write(`The first experiment was left out: ${error.message}\n`);
    return undefined;
  }
}

function folderOf({ out, environment }: PlatformOptions): string {
  return out === undefined ? environment.experimentFolder : resolve(out);
}
