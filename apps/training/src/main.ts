import { isModaError } from '@moda/contracts';
import { help, parseArguments } from './arguments.js';
import { readTrainingEnvironment } from './environment.js';

const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

async function main(words: readonly string[]): Promise<void> {
  const task = parseArguments(words);
  if (task.kind === 'help') {
    process.stdout.write(help);
    return;
  }
  const environment = readTrainingEnvironment(process.env);
  if (task.kind === 'token') {
    const { makeToken } = await import('./access/issue/make-token.js');
    process.stdout.write(
      `${await makeToken({ ...environment, port: task.port ?? environment.port }, task)}\n`,
    );
    return;
  }
  // Loaded when it is wanted, so that help and wrong usage answer at once.
  const { serve } = await import('./serve.js');
  await serve({ ...environment, port: task.port ?? environment.port }, (url) => {
    process.stdout.write(`training ready at ${url}\n`);
  });
}

try {
  await main(process.argv.slice(2));
  process.exitCode = exitCodes.done;
} catch (error) {
  const sentence = isModaError(error) ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`moda-training: ${sentence}\n`);
  const misused =
    isModaError(error) && ['USAGE', 'ENVIRONMENT_INVALID', 'TOKEN_INVALID'].includes(error.code);
  process.exitCode = misused ? exitCodes.wrongUsage : exitCodes.failed;
}
