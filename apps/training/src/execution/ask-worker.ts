import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type EstimateMessage, estimateMessageSchema } from '../worker/estimate-message.js';
import type { TrainSpec } from '@moda/contracts';

export interface AskOptions {
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** An answer is a line; a program that goes on and on is none of ours. */
const maxAnswerLength = 1_000_000;

/** Asks a worker's program for an estimate. Undefined where no answer comes in time; nothing is left of the process then. */
export async function askWorker(
  { program, environment, limitMs, signal }: AskOptions,
  spec: TrainSpec,
): Promise<EstimateMessage | undefined> {
  if (signal.aborted) return undefined;
  const child = fork(program, ['--estimate'], {
    env: environment,
    execArgv: [],
    // What native libraries say on the way is of no use to anybody.
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
    // A group of its own: Ctrl-C at the service's terminal is for the service, whose end is its end.
    detached: true,
  });
  const kill = (): boolean => child.kill('SIGKILL');
  const limit = setTimeout(kill, limitMs);
  signal.addEventListener('abort', kill, { once: true });
  try {
    let answer = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
      if (answer.length > maxAnswerLength) kill();
    });
    // It may be gone before it has read its question.
    child.stdin?.on('error', () => undefined).end(JSON.stringify(spec));
    await once(child, 'close');
    return parsed(answer);
  } catch {
    return undefined;
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', kill);
  }
}

function parsed(answer: string): EstimateMessage | undefined {
  try {
    return estimateMessageSchema.parse(JSON.parse(answer));
  } catch {
    return undefined;
  }
}
