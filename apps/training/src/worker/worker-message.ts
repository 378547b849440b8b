import { z } from 'zod';

/** What a worker tells the service that started it. Nothing is lost with it: what counts stands in the journal. */
export const workerMessageSchema = z.discriminatedUnion('kind', [
  /** It trains; `device` in words, absent where there was nothing left to compute. */
  z.object({ kind: z.literal('started'), device: z.exactOptional(z.string()) }),
  z.object({ kind: z.literal('beat') }),
  /** There is something new in the journal. */
  z.object({ kind: z.literal('journal') }),
]);

export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** What the service and its workers have agreed about exit codes. */
export const workerExitCodes = {
  done: 0,
  failed: 1,
  /** Stopped with a checkpoint. */
  stopped: 130,
  /** Another worker has the folder; nothing was touched. */
  locked: 75,
} as const;
