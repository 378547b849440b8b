import { z } from 'zod';
import { problemMessageSchema } from './answer.js';

const size = z.number().nonnegative();

/** What a process that estimates a run answers; a problem where the spec has a fault that the run would have too. */
export const estimateMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('estimate'), seconds: size, steps: size, peakBytes: size, device: z.string() }),
  problemMessageSchema,
]);

export type EstimateMessage = z.infer<typeof estimateMessageSchema>;
