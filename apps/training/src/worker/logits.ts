import type { RunContext } from '@moda/experiments';
import { answerQuestion } from './answer.js';
import { deviceInWords } from './device-in-words.js';
import { type LogitsMessage, logitsQuestionSchema } from './logits-message.js';

/** Computes what a model answers to sample images. Never returns. */
export async function logits(openBackend: RunContext['backend']): Promise<never> {
  return answerQuestion(openBackend, async (question, context): Promise<LogitsMessage> => {
    const { logitsOfSamples } = await import('@moda/experiments');
    const result = await logitsOfSamples(logitsQuestionSchema.parse(question), context);
    const { tensorflowVersion } = result.device;
    return {
      kind: 'logits',
      classes: result.classes,
      logits: result.logits,
      labels: result.labels,
      device: deviceInWords(result.device),
      ...(tensorflowVersion !== undefined && { tensorFlow: tensorflowVersion }),
    };
  });
}
