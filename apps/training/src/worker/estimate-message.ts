import { type ErrorCode, errorCodes } from '@moda/contracts';
import { z } from 'zod';

const code = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);
const size = z.number().nonnegative();

/** What a process that estimates a run writes to its standard output: one JSON document. */
export const estimateMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('estimate'), seconds: size, steps: size, peakBytes: size, device: z.string() }),
  /** The spec has a fault that the run would have too. */
  z.object({
    kind: z.literal('problem'),
    code,
    message: z.string(),
    details: z.exactOptional(z.record(z.string(), z.unknown())),
  }),
]);

export type EstimateMessage = z.infer<typeof estimateMessageSchema>;
