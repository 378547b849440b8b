import type { RunTask } from '@moda/contracts';
import type { WorkerExit } from '../execution/executor.js';
import type { RunOutcome } from '../runs/run-record.js';
import type { JournalEnd } from '../worker/journal-body.js';
import { workerExitCodes } from '../worker/worker-message.js';
import { taskWords } from './task-words.js';

/** Why the conductor ended a worker, if it did. */
export type StopCause = 'cancel' | 'shutdown' | 'silent';

/** What the end of a worker means for its run. */
export type ExitMeaning =
  | { readonly to: 'succeeded'; readonly reason: string; readonly outcome: RunOutcome }
  | {
      readonly to: 'failed';
      readonly reason: string;
      readonly error: { readonly code: string; readonly message: string };
    }
  | { readonly to: 'cancelled'; readonly reason: string }
  | {
      readonly to: 'interrupted';
      readonly reason: string;
      /** Of its own, and not because somebody wanted it: what happens again and again is given up. */
      readonly unexpected: boolean;
    };

export interface Ending {
  /** What the run does; training if left out. */
  readonly kind?: RunTask['kind'];
  /** Absent where the worker was of an earlier service, which nobody could ask. */
  readonly exit?: WorkerExit | undefined;
  /** What the worker wrote last. It counts more than anything that came behind it. */
  readonly end?: JournalEnd | undefined;
  readonly stop?: StopCause | undefined;
  /** Who wanted it cancelled, in a sentence. */
  readonly wish?: string | undefined;
  readonly silentMs: number;
}

export function meaningOfExit(ending: Ending): ExitMeaning {
  const { kind: task = 'train', exit, end, stop, wish = 'Cancelled.', silentMs } = ending;
  const words = taskWords[task];
  if (end?.outcome === 'succeeded') {
    const { kind: _kind, outcome: _outcome, ...outcome } = end;
    return { to: 'succeeded', reason: words.done, outcome };
  }
  if (end) {
    const { code, message } = end;
    return { to: 'failed', reason: `${words.failed}: ${message}`, error: { code, message } };
  }
  const byItself = exit?.code === workerExitCodes.stopped;
  const kept = byItself ? 'its checkpoint is written' : 'it did not stop in time and was ended';
  switch (stop) {
    case 'cancel':
      return { to: 'cancelled', reason: `${wish.replace(/\.$/, '')}; ${kept}, and its worker is gone.` };
    case 'shutdown': {
      const reason = `The service was stopped; ${kept}.`;
      return { to: 'interrupted', reason, unexpected: false };
    }
    case 'silent': {
      const reason = `No sign of life from the worker for ${Math.round(silentMs / 1000)} seconds; it was ended.`;
      return { to: 'interrupted', reason, unexpected: true };
    }
    case undefined:
      return { to: 'interrupted', ...unasked(exit) };
  }
}

function unasked(exit: WorkerExit | undefined): { reason: string; unexpected: boolean } {
  if (exit === undefined)
    return { reason: 'The service ended while the run was under way.', unexpected: false };
  const { code, signal, lastWords } = exit;
  if (signal === 'SIGKILL' || code === killedInShell)
    return {
      reason:
        'The worker was killed by the system, most likely because memory ran out; a smaller batch needs less.',
      unexpected: true,
    };
  if (code === workerExitCodes.stopped)
    return { reason: 'Somebody stopped the worker; its checkpoint is written.', unexpected: true };
  if (code === workerExitCodes.locked)
    return { reason: 'Another worker was still at work on the run.', unexpected: true };
  const how = signal === null ? `with exit code ${code ?? 'unknown'}` : `by ${signal}`;
  const words = lastWords === undefined ? '' : ` Its last words: ${lastWords}`;
  return { reason: `The worker broke off ${how}.${words}`, unexpected: true };
}

/** 128 + SIGKILL. */
const killedInShell = 137;
