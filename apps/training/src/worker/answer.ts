import { text } from 'node:stream/consumers';
import { type ErrorCode, errorCodes, isModaError } from '@moda/contracts';
import type { RunContext } from '@moda/experiments';
import { z } from 'zod';

const code = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

/** The question has a fault. */
export const problemMessageSchema = z.object({
  kind: z.literal('problem'),
  code,
  message: z.string(),
  details: z.exactOptional(z.record(z.string(), z.unknown())),
});

export type ProblemMessage = z.infer<typeof problemMessageSchema>;

/**
 * Reads a question as JSON from standard input, and writes the answer, or the problem of the question, to standard output: one JSON
 * document. Ends with whoever started it. Never returns.
 */
export async function answerQuestion(
  openBackend: RunContext['backend'],
  work: (question: unknown, context: RunContext) => Promise<object>,
): Promise<never> {
  process.on('disconnect', () => process.exit(1));
  let opening: ReturnType<RunContext['backend']> | undefined;
  const context: RunContext = {
    backend: () => (opening ??= openBackend()),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  };
  const message = await orProblemMessage(async () => work(JSON.parse(await text(process.stdin)), context));
  // TensorFlow's own threads may keep the process alive; a pipe is written in the background.
  return new Promise(() => process.stdout.write(`${JSON.stringify(message)}\n`, () => process.exit(0)));
}

async function orProblemMessage(work: () => Promise<object>): Promise<object> {
  try {
    return await work();
  } catch (error) {
    if (!isModaError(error)) throw error;
    const { code, message, details } = error;
    return { kind: 'problem', code, message, details } satisfies ProblemMessage;
  }
}
