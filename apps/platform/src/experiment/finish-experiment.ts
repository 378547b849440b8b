import { ModaError } from '@moda/contracts';
import { type GuardedProcess, startGuarded } from '../services/guarded-process.js';
import { commandLineProgram } from '../services/known-services.js';

export interface FinishOptions {
  readonly folder: string;
  readonly planFile: string | undefined;
  readonly variables: NodeJS.ProcessEnv;
  readonly onStarted: (started: GuardedProcess) => Promise<void>;
  readonly signal: AbortSignal;
}

const graceMs = 20_000;
const interruptedCode = 130;

/**
 * What comes after the trainings, in a process of its own because TensorFlow does it: `moda first-experiment`, with its own words on the
 * screen.
 *
 * @throws ModaError EXPERIMENT_FAILED
 */
export async function finishExperiment(options: FinishOptions): Promise<void> {
  const { folder, planFile, variables, onStarted, signal } = options;
  const plan = planFile === undefined ? [] : ['--plan', planFile];
  const started = await startGuarded({
    program: commandLineProgram,
    words: ['first-experiment', '--out', folder, ...plan],
    environment: variables,
    graceMs,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await onStarted(started);
  const stop = (): void => void started.stop();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const { code, signal: killedBy } = await started.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code === 0) return;
  throw new ModaError(
    'EXPERIMENT_FAILED',
    code === interruptedCode
      ? 'The experiment was interrupted; start again to go on with it.'
      : `The experiment ended with ${killedBy ?? `exit code ${code ?? 'unknown'}`}; its words are above. Start again to go on with it.`,
  );
}
