import { constants } from 'node:os';
import type { WorkerExit } from '../execution/executor.js';
import type { JournalEnd } from '../worker/journal-body.js';
import { workerExitCodes } from '../worker/worker-message.js';

/** What a pod tells its Job by its exit code. The failure policy of the Job says which of them are tried again. */
export const podExitCodes = {
  /** The run is done; or there was nothing to do, for it had ended before. */
  done: 0,
  /** The run has failed for good, or the service will have nothing of this pod. */
  failed: 1,
  /** The environment of the pod cannot be used. */
  wrongUsage: 2,
  /** The worker broke off of itself, without a last word. */
  broken: 70,
  /** Another pod has the run by now. */
  replaced: workerExitCodes.locked,
  /** Stopped, and all that counts is in the archive. */
  stopped: workerExitCodes.stopped,
  /** Stopped, and the time was too short to ship the last checkpoint: an earlier one counts. */
  cutShort: 128 + constants.signals.SIGTERM,
} as const;

/** Where the worker has said how the run ended. */
export function codeOfEnd(end: JournalEnd | undefined): number {
  if (end === undefined) return podExitCodes.broken;
  return end.outcome === 'succeeded' ? podExitCodes.done : podExitCodes.failed;
}

/** Where it has not. */
export function codeOfExit({ code, signal, killed }: Omit<WorkerExit, 'lastWords'>): number {
  if (code === workerExitCodes.stopped) return podExitCodes.stopped;
  if (killed) return podExitCodes.cutShort;
  if (signal !== null) return 128 + constants.signals[signal];
  // 0 and 1 would say that the run has ended.
  return code === null || code <= podExitCodes.wrongUsage ? podExitCodes.broken : code;
}
