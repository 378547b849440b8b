import type { WorkerExit } from '../execution/executor.js';
import { startWorker } from '../execution/worker-process.js';
import type { RunFiles } from '../worker/run-files.js';
import type { Ending } from './ending.js';

export interface PodWorkerOptions {
  readonly files: RunFiles;
  /** Of the worker. */
  readonly program: string;
  readonly variables: NodeJS.ProcessEnv;
  readonly ending: Ending;
  /** For a checkpoint, when it is to stop. */
  readonly graceMs: number;
  /** It has said something. */
  readonly onWord: () => void;
  readonly onStarted: (device: string | undefined) => void;
  readonly onJournal: () => void;
}

export interface PodWorker {
  readonly exit: Promise<WorkerExit>;
  /** Aborted when it is gone. */
  readonly gone: AbortSignal;
  /** At once, without a checkpoint. */
  kill(): void;
}

/** Starts the worker of a run, which ends with its pod. */
export async function startPodWorker(options: PodWorkerOptions): Promise<PodWorker> {
  const { files, program, variables, ending, graceMs } = options;
  const gone = new AbortController();
  let resolveExit: (exit: WorkerExit) => void = () => undefined;
  const exit = new Promise<WorkerExit>((resolve) => (resolveExit = resolve));
  const worker = await startWorker({
    program,
    files,
    environment: variables,
    listener: (news) => {
      options.onWord();
      if (news.kind === 'journal') options.onJournal();
      else if (news.kind === 'started') options.onStarted(news.device);
      else if (news.kind === 'gone') {
        resolveExit(news.exit);
        gone.abort();
      }
    },
  });
  whenAborted(ending.stopping, () => void worker.stop(graceMs));
  whenAborted(ending.over, () => void worker.stop(0));
  return { exit, gone: gone.signal, kill: () => void worker.stop(0) };
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}
