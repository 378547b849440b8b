import { z } from 'zod';
import { problemMessageSchema } from './answer.js';

/** What a process that computes logits is asked: where the model and the images are. */
export const logitsQuestionSchema = z.object({ model: z.string(), samples: z.string() });

export type LogitsQuestion = z.infer<typeof logitsQuestionSchema>;

const position = z.int().nonnegative();

/** What it answers. */
export const logitsMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('logits'),
    /** The outputs of the model, by their index in it. */
    classes: z.array(z.object({ index: position, name: z.string() })).readonly(),
    /** `[image][output]` */
    logits: z.array(z.array(z.number()).readonly()).readonly(),
    /** Position of the true class in the whole model. */
    labels: z.array(position).readonly(),
    device: z.string(),
    /** Version; absent where there is none of its own. */
    tensorFlow: z.exactOptional(z.string()),
  }),
  problemMessageSchema,
]);

export type LogitsMessage = z.infer<typeof logitsMessageSchema>;
