import { text } from 'node:stream/consumers';
import { isModaError, parseTrainSpec } from '@moda/contracts';
import type { RunContext } from '@moda/experiments';
import type { EstimateMessage } from './estimate-message.js';
import { deviceInWords } from './device-in-words.js';

/**
 * Measures what a run will take: reads its spec as JSON from standard input, and writes the answer to standard output. Ends with whoever
 * started it. Never returns.
 */
export async function estimate(openBackend: RunContext['backend']): Promise<never> {
  process.on('disconnect', () => process.exit(1));
  const message = await measured(await text(process.stdin), openBackend);
  // TensorFlow's own threads may keep the process alive; a pipe is written in the background.
  return new Promise(() => process.stdout.write(`${JSON.stringify(message)}\n`, () => process.exit(0)));
}

async function measured(spec: string, openBackend: RunContext['backend']): Promise<EstimateMessage> {
  try {
    const checked = parseTrainSpec(JSON.parse(spec));
    const { estimateTraining } = await import('@moda/experiments');
    let opening: ReturnType<RunContext['backend']> | undefined;
    const { seconds, steps, peakMemoryBytes, device } = await estimateTraining(checked, {
      backend: () => (opening ??= openBackend()),
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    return { kind: 'estimate', seconds, steps, peakBytes: peakMemoryBytes, device: deviceInWords(device) };
  } catch (error) {
    if (!isModaError(error)) throw error;
    const { code, message, details } = error;
    return { kind: 'problem', code, message, details };
  }
}
