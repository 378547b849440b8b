import { z } from 'zod';
import type { ReportedBody } from '../runs/run-event.js';

/** The last word of a worker: how its run ended. Not part of the run's events; the state that follows from it is. */
export type JournalEnd =
  | {
      readonly kind: 'end';
      readonly outcome: 'succeeded';
      /** On the test images, 0..1. */
      readonly accuracy?: number;
      /** Mean over the test images. */
      readonly crossEntropy?: number;
      readonly parameters?: number;
      readonly seconds?: number;
    }
  | {
      readonly kind: 'end';
      readonly outcome: 'failed';
      readonly code: string;
      readonly message: string;
    };

/** One line of a journal. */
export type JournalBody = ReportedBody | JournalEnd;

const count = z.int().nonnegative();

const bodySchema = z.union([
  z.object({
    kind: z.literal('metric'),
    step: count,
    epoch: z.exactOptional(count),
    values: z.record(z.string(), z.number()),
  }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['info', 'warning', 'error']),
    attempt: count,
    line: count,
    text: z.string(),
  }),
  z.object({
    kind: z.literal('checkpoint'),
    epoch: count,
    step: count,
    digest: z.exactOptional(z.string()),
  }),
  z.object({
    kind: z.literal('artifact'),
    name: z.string(),
    digest: z.exactOptional(z.string()),
    sizeBytes: count,
  }),
  z.object({
    kind: z.literal('progress'),
    done: count,
    total: count,
    unit: z.exactOptional(z.string().max(40)),
  }),
  z.object({
    kind: z.literal('end'),
    outcome: z.literal('succeeded'),
    accuracy: z.exactOptional(z.number()),
    crossEntropy: z.exactOptional(z.number()),
    parameters: z.exactOptional(count),
    seconds: z.exactOptional(z.number()),
  }),
  z.object({ kind: z.literal('end'), outcome: z.literal('failed'), code: z.string(), message: z.string() }),
]);

/** Undefined where a line is none of a journal: a disk that lost power may have kept a block of zeros. */
export function parseJournalLine(line: string): JournalBody | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return bodySchema.safeParse(value).data;
}
