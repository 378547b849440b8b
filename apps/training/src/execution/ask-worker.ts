import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { z } from 'zod';

export interface AskOptions<Answer> {
  readonly program: string;
  /** What the program is to do: `--estimate`. */
  readonly word: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  readonly answer: z.ZodType<Answer>;
  /** Characters of the answer; a program that goes on and on is none of ours. */
  readonly maxAnswerLength: number;
}

/** Asks a worker's program a question. Undefined where no answer comes in time; nothing is left of the process then. */
export async function askWorker<Answer>(
  options: AskOptions<Answer>,
  question: object,
): Promise<Answer | undefined> {
  const { program, word, environment, limitMs, signal, maxAnswerLength } = options;
  if (signal.aborted) return undefined;
  const child = fork(program, [word], {
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
    child.stdin?.on('error', () => undefined).end(JSON.stringify(question));
    await once(child, 'close');
    return parsed(answer, options.answer);
  } catch {
    return undefined;
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', kill);
  }
}

function parsed<Answer>(text: string, answer: z.ZodType<Answer>): Answer | undefined {
  try {
    return answer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
