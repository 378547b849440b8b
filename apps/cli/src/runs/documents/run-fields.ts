import { runStates } from '@moda/contracts';
import { z } from 'zod';

/** A run as lists show it. */
export const summaryFields = `id name experimentName user state reason since createdAt startedAt endedAt priority attempt tags
  cancelRequestedAt lastSequence progress { done total unit } outcome { accuracy crossEntropy parameters seconds } error { code message }
  spec`;

const time = z.string();

export const stateSchema = z.enum(runStates);

const outcomeSchema = z.object({
  accuracy: z.number().nullable(),
  crossEntropy: z.number().nullable(),
  parameters: z.number().nullable(),
  seconds: z.number().nullable(),
});

export const summarySchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  experimentName: z.string(),
  user: z.string(),
  state: stateSchema,
  reason: z.string(),
  since: time,
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  priority: z.number(),
  attempt: z.number(),
  tags: z.array(z.string()),
  cancelRequestedAt: time.nullable(),
  lastSequence: z.number(),
  progress: z.object({ done: z.number(), total: z.number(), unit: z.string() }),
  outcome: outcomeSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  spec: z.record(z.string(), z.unknown()),
});

export type RunSummary = Readonly<z.infer<typeof summarySchema>>;
