import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { RunFiles } from '../worker/run-files.js';
import { workerExitCodes, workerMessageSchema } from '../worker/worker-message.js';
import type { NewsListener } from './executor.js';

export interface WorkerProcess {
  isGone(): boolean;
  /** Resolves when the process is gone and its listener has heard of it. */
  stop(graceMs: number): Promise<void>;
}

export interface StartWorkerOptions {
  readonly program: string;
  readonly files: RunFiles;
  readonly environment: NodeJS.ProcessEnv;
  readonly listener: NewsListener;
}

/** @throws where the process could not be started */
export async function startWorker(options: StartWorkerOptions): Promise<WorkerProcess> {
  const { program, files, environment, listener } = options;
  // Its own file, not a pipe: what it says while this service dies is kept, and a full pipe never stops it.
  const log = openSync(files.log, 'a', 0o600);
  let child;
  try {
    child = fork(program, [files.folder], {
      env: environment,
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
      // A group of its own: Ctrl-C at the service's terminal is for the service, which then stops its workers in order.
      detached: true,
    });
    await once(child, 'spawn');
  } finally {
    closeSync(log);
  }
  const { pid } = child;
  let killed = false;
  let isGone = false;

  child.on('error', () => {
    // Of a message or a signal to a process that is gone already: its end is told below.
  });
  child.on('message', (value) => {
    const message = workerMessageSchema.safeParse(value).data;
    if (message?.kind === 'started') listener({ kind: 'started', device: message.device, pid });
    else if (message) listener({ kind: message.kind });
  });
  const gone = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      isGone = true;
      const agreed = code === workerExitCodes.done || code === workerExitCodes.stopped;
      void (agreed ? Promise.resolve(undefined) : lastWordsIn(files.log)).then((lastWords) => {
        listener({ kind: 'gone', exit: { code, signal, killed, lastWords } });
        resolve();
      });
    });
  });

  const kill = (): void => {
    killed = true;
    child.kill('SIGKILL');
  };
  return {
    isGone: () => isGone,
    async stop(graceMs) {
      if (!isGone) {
        if (graceMs <= 0) kill();
        else child.kill('SIGTERM');
        const grace = setTimeout(() => {
          if (!isGone) kill();
        }, graceMs);
        await gone;
        clearTimeout(grace);
      } else await gone;
    },
  };
}

const tailBytes = 4096;

async function lastWordsIn(log: string): Promise<string | undefined> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.slice(-tailBytes).trimEnd().split('\n').at(-1)?.trim() || undefined;
}
