import type { Logger } from '@moda/service-kit';
import type { Executor } from '../execution/executor.js';
import type { RunStore } from '../runs/run-store.js';

/** How patient a conductor is; milliseconds. */
export interface Timings {
  /** Between two looks at the queue and at the journals, beside those that somebody asks for. */
  readonly lookMs: number;
  /** Between two signs of life that are stored of a run. */
  readonly beatMs: number;
  /** Without a sign of life for so long a run counts as interrupted. */
  readonly silentMs: number;
  /** Between two looks for silent runs and for wishes to cancel that another service took. */
  readonly superviseMs: number;
  /** For a checkpoint, when a worker is asked to stop. */
  readonly graceMs: number;
  /** Between two tries where the store does not answer. */
  readonly retryMs: number;
}

export const defaultTimings: Timings = {
  lookMs: 500,
  beatMs: 4000,
  silentMs: 30_000,
  superviseMs: 2000,
  graceMs: 20_000,
  retryMs: 1000,
};

export interface ConductorContext {
  readonly store: RunStore;
  readonly executor: Executor;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly timings: Timings;
  /** So many interruptions in a row without a new checkpoint are survived. */
  readonly resumesWithoutProgress: number;
  /** Aborted where the service cannot wait for its database any longer. */
  readonly giveUp: AbortSignal;
  /** Something of this run was stored: whoever follows it may read on. */
  readonly onNews: (runId: string) => void;
}
