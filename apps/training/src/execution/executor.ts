import type { RunRecord } from '../runs/run-record.js';

/** How the worker of a run ended. */
export interface WorkerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was killed by this executor, which had asked it to stop before or had a reason not to. */
  readonly killed: boolean;
  /** What the process said last, where it did not end as agreed. */
  readonly lastWords: string | undefined;
}

/** What an executor hears from the worker of a run. */
export type WorkerNews =
  /** It trains; `device` is absent where there was nothing left to compute. */
  | { readonly kind: 'started'; readonly device: string | undefined; readonly pid: number | undefined }
  | { readonly kind: 'beat' }
  /** There is more in its journal. */
  | { readonly kind: 'journal' }
  /** Confirmed: no process of it is left. Nothing comes after this. */
  | { readonly kind: 'gone'; readonly exit: WorkerExit };

export type NewsListener = (news: WorkerNews) => void;

/**
 * Runs workers somewhere. Only the conductor calls it, and only the conductor draws conclusions: an executor knows processes, not states.
 */
export interface Executor {
  /** Where workers run, as the store keeps it: no two services that are there at the same time have the same place. */
  readonly place: string;
  /** The same for people. */
  readonly host: string;

  /**
   * Before everything else.
   *
   * @throws ModaError RUN_LOCKED where another service has the place
   */
  open(): Promise<void>;
  close(): Promise<void>;

  /**
   * Starts a worker that trains from the run's last checkpoint on.
   *
   * @param listener hears all of its news, in order; `gone` last
   * @throws where no worker could be started; then none is there
   */
  start(run: RunRecord, listener: NewsListener): Promise<void>;

  /** Asks a worker to write its checkpoint and end; ends it after so many milliseconds (0: at once). Resolves when it is gone. */
  stop(run: RunRecord, graceMs: number): Promise<void>;

  isAlive(run: RunRecord): Promise<boolean>;

  /**
   * After a restart of the service: makes sure that no worker of an earlier service is left in the run's folder. Such a worker is writing
   * its last checkpoint. Resolves when it is gone.
   */
  adopt(run: RunRecord, graceMs: number): Promise<void>;

  /** The folder of a run, where this process can read it. */
  folderOf(run: RunRecord): string;
}
