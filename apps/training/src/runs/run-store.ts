import type { RunState, RunTask, TrainSpec } from '@moda/contracts';
import type { Page, PageRequest } from '@moda/service-kit/database';
import type { EventKind, ReportedBody, RunEvent, Transition } from './run-event.js';
import type { RunRecord, RunWorker } from './run-record.js';

export interface RunRequest {
  readonly experiment: string;
  readonly name?: string;
  readonly user: string;
  readonly spec: TrainSpec;
  /** Training where it is left out. */
  readonly task?: RunTask;
  /** The higher, the sooner; 0 by default. */
  readonly priority?: number;
  /** Of this user: a request that is repeated with it finds the run of the first one. */
  readonly idempotencyKey?: string;
  readonly parent?: { readonly runId: string; readonly epoch: number };
  readonly traceId: string;
  readonly tags?: readonly string[];
  readonly notes?: string;
}

export type SubmitOutcome =
  | { readonly kind: 'submitted' | 'again'; readonly run: RunRecord }
  /** The same idempotency key with another spec, task, experiment or parent; `run` is the one that has the key. */
  | { readonly kind: 'conflict'; readonly run: RunRecord };

export interface RunCriteria {
  readonly ids?: readonly string[];
  readonly experiment?: string;
  readonly user?: string;
  readonly states?: readonly RunState[];
  /** All of them. */
  readonly tags?: readonly string[];
  /** Part of the name, the experiment or the id, in any case. */
  readonly text?: string;
  readonly arch?: string;
  readonly dataset?: string;
  /** Forked from this one. */
  readonly parentId?: string;
  /** False by default; `any` shows both. */
  readonly archived?: boolean | 'any';
}

/** `queue`: in the order in which runs are claimed. `mostAccurate`: those without an accuracy last. */
export type RunOrder = 'newest' | 'oldest' | 'queue' | 'mostAccurate';

/** What may change together with a state, or null to take it away. What is left out stays. */
export interface RunChanges {
  readonly worker?: RunWorker;
  readonly device?: string;
  readonly outcome?: RunRecord['outcome'];
  readonly error?: RunRecord['error'] | null;
  readonly cancelRequestedAt?: Date | null;
}

export type MoveOutcome =
  | { readonly kind: 'moved'; readonly run: RunRecord }
  /** It is in another state than was expected, or this state does not lead there. Absent where there is no such run. */
  | { readonly kind: 'refused'; readonly state: RunState | undefined };

export type CancelOutcome =
  /** Of a queued run, at once. */
  | { readonly kind: 'cancelled'; readonly run: RunRecord }
  /** Of a live one: `cancelRequestedAt` is set, once; the state follows when its worker is gone. */
  | { readonly kind: 'requested'; readonly run: RunRecord }
  /** It has ended. Absent where there is no such run. */
  | { readonly kind: 'refused'; readonly state: RunState | undefined };

export interface Claim {
  readonly worker: RunWorker;
  readonly limits: {
    /** Of all users; counted are all live runs of the store. */
    readonly total: number;
    readonly perUser: number;
  };
  /** In words, for the state; 'A worker is free.' where it is left out. */
  readonly reason?: string;
}

/** Of one run, which somebody else has decided is next. */
export interface ClaimOfRun {
  readonly worker: RunWorker;
  /** In words, for the state. */
  readonly reason: string;
}

/** A place in a worker's journal, in bytes. */
export interface JournalPlace {
  readonly file: string;
  readonly offset: number;
}

export type AppendOutcome =
  /** `first > last` where nothing was new. */
  | { readonly kind: 'appended'; readonly first: number; readonly last: number }
  /** The journal was read to another place already: go on there. Nothing was stored. */
  | { readonly kind: 'elsewhere'; readonly offset: number }
  /** The run is no longer this worker's, or is none. Nothing was stored. */
  | { readonly kind: 'lost' };

export interface SeriesPoint {
  readonly step: number;
  readonly value: number;
}

/** One metric of one run. */
export interface Series {
  readonly runId: string;
  readonly name: string;
  /** How many points the run has stored; of these `points` shows so many as were asked for. */
  readonly total: number;
  /** Ascending by step. */
  readonly points: readonly SeriesPoint[];
}

export interface ExperimentRecord {
  readonly name: string;
  /** How many runs in each state that any run is in; archived ones too. */
  readonly states: Readonly<Partial<Record<RunState, number>>>;
  readonly runs: number;
  readonly createdAt: Date;
  /** When a state changed last. */
  readonly changedAt: Date;
  /** The highest of its runs, 0..1. */
  readonly bestAccuracy: number | undefined;
}

export interface Annotations {
  readonly name?: string | null;
  readonly notes?: string | null;
  readonly tags?: readonly string[];
  readonly archived?: boolean;
}

/**
 * The memory of all runs: rows, no weights. PostgreSQL, embedded or a server, which several services may use at once. Every method that
 * changes is one transaction, and what it acknowledged survives the death of the process. Ids that are unknown give undefined, empty lists
 * or outcomes, never an error. Every method throws ModaError DATABASE_UNREACHABLE where the database does not answer.
 */
export interface RunStore {
  /** A new run is `queued`; its first event says so. */
  submit(request: RunRequest): Promise<SubmitOutcome>;

  run(id: string): Promise<RunRecord | undefined>;
  /** @throws ModaError CURSOR_INVALID, PAGE_INVALID (1..100) */
  runs(criteria: RunCriteria, order: RunOrder, page: PageRequest): Promise<Page<RunRecord>>;
  /** Those with the newest changes first; at most 1,000. */
  experiments(): Promise<readonly ExperimentRecord[]>;
  /** Every state it was in, the first first. */
  transitions(id: string): Promise<readonly Transition[]>;
  /** In a state that needs a worker: neither queued nor ended. The oldest first. */
  live(): Promise<readonly RunRecord[]>;
  /** Live without a heartbeat since a moment. The oldest first. */
  stale(olderThan: Date): Promise<readonly RunRecord[]>;

  /**
   * Compare and set: from an expected state to one that may follow it (`canFollow`), with the event that tells it, in one transaction.
   * Into `running` sets `startedAt` the first time; into a final state `endedAt`. What is queued or final has no worker, and no wish to be
   * cancelled is left in a final state; on the way to `queued` such a wish stays.
   */
  move(
    id: string,
    expected: RunState | readonly RunState[],
    to: RunState,
    reason: string,
    changes?: RunChanges,
  ): Promise<MoveOutcome>;
  /**
   * Another reason for the state that the run is in, with the event that tells it; `since` stays. The same reason again changes nothing.
   *
   * @returns false where the run is in another state, or is none
   */
  explain(id: string, state: RunState, reason: string): Promise<boolean>;
  /** Asked again, the answer is the same. */
  requestCancel(id: string, reason: string): Promise<CancelOutcome>;
  /** Undefined where there is no such run. */
  annotate(id: string, annotations: Annotations): Promise<RunRecord | undefined>;

  /**
   * Admits the queued run that is next: the highest priority, then the oldest, of the users that have fewer live runs than they may. It is
   * `admitted`, with the worker, one more attempt and a first heartbeat. However many ask at once, one gets it and no limit is passed.
   */
  claimNext(claim: Claim): Promise<RunRecord | undefined>;
  /**
   * Admits this run, if it is queued and nobody wants it cancelled: as `claimNext` does, but without its turn and its limits. Where a
   * cluster decides who is next, this tells what it has decided.
   */
  claim(id: string, claim: ClaimOfRun): Promise<RunRecord | undefined>;
  /**
   * A sign of life of the worker with this token.
   *
   * @returns false where the run is no longer this worker's: it has to stop
   */
  beat(id: string, token: string, at: Date): Promise<boolean>;

  /** To which byte a journal was read: 0 at first. */
  journalOffset(id: string, file: string): Promise<number>;
  /**
   * What a worker's journal says from `from.offset` to `nextOffset`, exactly once: the place in the journal moves in the same transaction. A
   * metric point of a step that is there already (computed again after a resume) is dropped; the first one stays. Progress and new
   * metric names appear in the run, too.
   */
  append(
    id: string,
    token: string,
    from: JournalPlace,
    bodies: readonly ReportedBody[],
    nextOffset: number,
  ): Promise<AppendOutcome>;

  /**
   * What came after a sequence number (0: from the beginning), in order and without holes among those of the kinds asked for.
   *
   * @param limit 1..10,000
   */
  events(
    id: string,
    after: number,
    limit: number,
    kinds?: readonly EventKind[],
  ): Promise<readonly RunEvent[]>;

  /**
   * Metrics to draw: per run and metric at most `points` of its points, unchanged ones, among them the lowest and the highest of every
   * stretch. A run with no more than `points` is shown whole. A metric that a run never reported is left out.
   *
   * @param names none: all that a run has
   * @param options.points 2..10,000
   */
  series(
    ids: readonly string[],
    names: readonly string[],
    options: { readonly points: number },
  ): Promise<readonly Series[]>;

  /** Whether the database answers; for the readiness probe. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
