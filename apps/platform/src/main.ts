import { isModaError } from '@moda/contracts';
import { help, parseArguments } from './arguments.js';
import { readPlatformEnvironment } from './environment.js';
import { asSentence } from './output/as-sentence.js';
import { runPlatform } from './platform.js';
import { startedProcesses } from './services/started-processes.js';
import { stopRequests } from './stop/stop-requests.js';

const exitCodes = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 } as const;

async function main(words: readonly string[]): Promise<number> {
  const task = parseArguments(words);
  if (task.kind === 'help') {
    process.stdout.write(help);
    return exitCodes.done;
  }
  const environment = readPlatformEnvironment(process.env);
  const started = startedProcesses(environment.stateFolder);
  const stopped = stopRequests({
    force: () => {
      started.kill();
      process.exit(exitCodes.interrupted);
    },
  });
  try {
    await runPlatform({
      environment,
      variables: process.env,
      once: task.once,
      out: task.out,
      stdout: process.stdout,
      stderr: process.stderr,
      started,
      stopped,
    });
  } catch (error) {
    if (!stopped.aborted) throw error;
    return exitCodes.interrupted;
  }
  return exitCodes.done;
}

// The end of a pipe may close early, and a terminal may go away; neither is a reason to leave anything running.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`moda: ${asSentence(error)}\n`);
  const misused = isModaError(error) && ['USAGE', 'ENVIRONMENT_INVALID', 'SPEC_INVALID'].includes(error.code);
  process.exitCode = misused ? exitCodes.wrongUsage : exitCodes.failed;
}
