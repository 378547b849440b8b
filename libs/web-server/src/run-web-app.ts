import { isModaError } from '@moda/contracts';
import {
  createLogger,
  firstStopSignal,
  httpAddress,
  listenHost,
  logLevel,
  port as portVariable,
  readEnvironment,
} from '@moda/service-kit';
import { helpOf, parseArguments } from './arguments.js';
import { startWebApp } from './start-web-app.js';
import type { WebApp } from './web-app.js';

const exitCodes = { done: 0, failed: 1, wrongUsage: 2, forced: 130 } as const;

/**
 * The whole program of a web app: serves it until the first signal to stop; the second one ends the process at once. Sets the exit code.
 */
export async function runWebApp(app: WebApp, words: readonly string[]): Promise<void> {
  try {
    await run(app, words);
    process.exitCode = exitCodes.done;
  } catch (error) {
    const sentence = isModaError(error) ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`moda-${app.name}: ${sentence}\n`);
    const misused = isModaError(error) && ['USAGE', 'ENVIRONMENT_INVALID'].includes(error.code);
    process.exitCode = misused ? exitCodes.wrongUsage : exitCodes.failed;
  }
}

async function run(app: WebApp, words: readonly string[]): Promise<void> {
  const task = parseArguments(words, app.name);
  if (task.kind === 'help') {
    process.stdout.write(helpOf(app));
    return;
  }
  const { name, folder, basePath, defaultPort, variablePrefix } = app;
  const { host, port, publicUrl, level } = readWebEnvironment(variablePrefix, defaultPort);
  const signal = firstStopSignal({ force: () => process.exit(exitCodes.forced) });
  const logger = createLogger({ service: name, level });
  const running = await startWebApp({
    name,
    folder,
    basePath,
    host,
    port: task.port ?? port,
    // Whoever has to sign in has nothing that a page of a foreign site could use; behind a proxy an app has many names.
    hostNames: isGuarded() ? undefined : publicUrl === undefined ? [] : [new URL(publicUrl).hostname],
    logger,
  });
  process.stdout.write(`${name} ready at ${running.url}${basePath}\n`);
  logger.info({ signal: await signal }, 'stopping');
  await running.stop();
  // The framework keeps timers of its own.
  process.exit(exitCodes.done);
}

/** @throws ModaError ENVIRONMENT_INVALID with every complaint */
function readWebEnvironment(prefix: string, defaultPort: number) {
  const given = readEnvironment(
    {
      [`${prefix}_PORT`]: portVariable(defaultPort),
      // The app asks the gateway for whoever opens it: what holds for the gateway holds for the app.
      [`${prefix}_HOST`]: listenHost(process.env),
      [`${prefix}_PUBLIC_URL`]: httpAddress().optional(),
      LOG_LEVEL: logLevel(),
    },
    process.env,
  );
  return {
    port: given[`${prefix}_PORT`] as number,
    host: given[`${prefix}_HOST`] as string,
    publicUrl: given[`${prefix}_PUBLIC_URL`] as string | undefined,
    level: given['LOG_LEVEL'] as 'debug' | 'info' | 'warn' | 'error' | 'silent',
  };
}

function isGuarded(): boolean {
  return Boolean(process.env['AUTH_ISSUER']) || process.env['AUTH_TOKENS'] === 'true';
}
