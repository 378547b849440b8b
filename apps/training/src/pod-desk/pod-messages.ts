import { z } from 'zod';

// What courier and desk have agreed about. Both ends read it, so that neither believes the other unseen.

const count = z.int().nonnegative();

export const podSchema = z.object({ name: z.string().min(1).max(253), uid: z.string().min(1).max(100) });

export const beginQuestion = z.object({ pod: podSchema });

export const newsQuestion = z.object({
  token: z.string().min(1).max(200),
  kind: z.enum(['started', 'beat']),
  device: z.exactOptional(z.string().max(200)),
});

export const fileSchema = z.object({
  name: z.string(),
  sizeBytes: count,
  /** Absent while it grows. */
  digest: z.exactOptional(z.string()),
});

export type PodFile = z.infer<typeof fileSchema>;

export const beginAnswer = z.object({
  /** Of this attempt; goes into every later call. */
  token: z.string(),
  /** The journal of this pod begins at this place of the run's journal, in bytes. */
  offset: count,
  /** 1 .. */
  attempt: count,
  spec: z.record(z.string(), z.unknown()),
  task: z.looseObject({ kind: z.string() }),
  traceId: z.string(),
  /** The checkpoint of another run that this one begins with. */
  parent: z.exactOptional(z.object({ runId: z.string(), epoch: count })),
  /** What earlier attempts have left. */
  files: z.array(fileSchema),
  /** Runs whose files this one is made of, each with the key to them. */
  inputs: z.array(z.object({ run: z.string(), key: z.string(), files: z.array(fileSchema) })),
});

export type BeginAnswer = z.infer<typeof beginAnswer>;

export const newsAnswer = z.object({ order: z.enum(['go', 'stop', 'lost']) });

export type Order = z.infer<typeof newsAnswer>['order'];

export const journalAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['stored', 'elsewhere']), offset: count }),
  z.object({ kind: z.literal('lost') }),
]);

export type JournalAnswer = z.infer<typeof journalAnswer>;

export const logAnswer = z.object({ sizeBytes: count });

/** SHA-256 of the bytes, `sha256:…`. */
export const digestHeader = 'x-digest';
/** Another file of the run that has the same bytes, in place of a body. */
export const sameAsHeader = 'x-same-as';

export const problemAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
