import type { RunState, RunTask, TrainSpec } from '@moda/contracts';

/** Who works on a run. The token is new with every claim, so that a worker that was given up cannot be taken for its successor. */
export interface RunWorker {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** How far a run is, in units of its own: steps of a training, images of a measurement. */
export interface RunProgress {
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  /** `step`, `epoch`, `images`. */
  readonly unit: string;
}

/** What a run that succeeded came to; shares 0..1. */
export interface RunOutcome {
  readonly accuracy?: number;
  /** Mean over the test images; absent in what runs of earlier versions came to. */
  readonly crossEntropy?: number;
  readonly parameters?: number;
  readonly seconds?: number;
}

export interface RunRecord {
  readonly id: string;
  /** Name of the group of runs that it is compared with. */
  readonly experiment: string;
  readonly name: string | undefined;
  readonly user: string;
  /** Of the training; where the task is another, of the training that its model came of. */
  readonly spec: TrainSpec;
  readonly task: RunTask;
  readonly state: RunState;
  /** Why it is in this state, in words. */
  readonly reason: string;
  /** When it came into this state. */
  readonly since: Date;
  /** The higher, the sooner; 0 by default. */
  readonly priority: number;
  /** How often it was claimed: 0 until the first time. */
  readonly attempt: number;
  readonly createdAt: Date;
  /** When it ran first. */
  readonly startedAt: Date | undefined;
  /** When it came into the final state that it is in. */
  readonly endedAt: Date | undefined;
  readonly heartbeatAt: Date | undefined;
  /** Only in live states. */
  readonly worker: RunWorker | undefined;
  /** It is to be cancelled as soon as its worker is gone. */
  readonly cancelRequestedAt: Date | undefined;
  /** The checkpoint it was forked from. */
  readonly parent: { readonly runId: string; readonly epoch: number } | undefined;
  readonly idempotencyKey: string | undefined;
  readonly progress: RunProgress;
  readonly device: string | undefined;
  readonly traceId: string;
  readonly outcome: RunOutcome | undefined;
  /** Why it failed, for programs and for people. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly notes: string | undefined;
  readonly tags: readonly string[];
  readonly archived: boolean;
  /** Names of all metrics it has reported so far, in the order of their first appearance. */
  readonly metricNames: readonly string[];
  /** Of its last event; 0 is before the first. */
  readonly lastSequence: number;
}
