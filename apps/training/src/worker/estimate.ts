import { parseTrainSpec } from '@moda/contracts';
import type { RunContext } from '@moda/experiments';
import { answerQuestion } from './answer.js';
import { deviceInWords } from './device-in-words.js';
import type { EstimateMessage } from './estimate-message.js';

/** Measures what the run of a spec will take. Never returns. */
export async function estimate(openBackend: RunContext['backend']): Promise<never> {
  return answerQuestion(openBackend, async (question, context): Promise<EstimateMessage> => {
    const spec = parseTrainSpec(question);
    const { estimateTraining } = await import('@moda/experiments');
    const { seconds, steps, peakMemoryBytes, device } = await estimateTraining(spec, context);
    return { kind: 'estimate', seconds, steps, peakBytes: peakMemoryBytes, device: deviceInWords(device) };
  });
}
