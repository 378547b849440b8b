import { isModaError } from '@moda/contracts';
import { help, parseArguments } from './arguments.js';
import { readRegistryEnvironment } from './environment.js';

const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const;

async function main(words: readonly string[]): Promise<void> {
  const task = parseArguments(words);
  if (task.kind === 'help') {
    process.stdout.write(help);
    return;
  }
  const environment = readRegistryEnvironment(process.env);
  // Loaded when they are wanted, so that help and wrong usage answer at once.
  if (task.kind === 'collect') {
    const { collectOnce } = await import('./collect-once.js');
    const { kept, removed, young, expiredDrafts } = await collectOnce(environment, task);
    process.stdout.write(
      `removed ${removed} blobs and ${expiredDrafts} expired drafts; kept ${kept} in use and ${young} too young\n`,
    );
    return;
  }
  const { serve } = await import('./serve.js');
  await serve({ ...environment, port: task.port ?? environment.port }, (url) => {
    process.stdout.write(`registry ready at ${url}\n`);
  });
}

try {
  await main(process.argv.slice(2));
  process.exitCode = exitCodes.done;
} catch (error) {
  const sentence = isModaError(error) ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`moda-registry: ${sentence}\n`);
  const misused = isModaError(error) && ['USAGE', 'ENVIRONMENT_INVALID'].includes(error.code);
  process.exitCode = misused ? exitCodes.wrongUsage : exitCodes.failed;
}
