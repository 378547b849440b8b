import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processStart } from '@moda/service-kit';
import type { GuardedProcess } from './guarded-process.js';

/** A process by its number and the moment it began, for numbers are given again. */
export interface ProcessMark {
  readonly pid: number;
  readonly start: string;
}

const recordName = 'processes.json';

export function recordOfProcesses(stateFolder: string): string {
  return join(stateFolder, recordName);
}

/** What the platform has started, written down so that the next one knows what a killed one has left. */
export interface StartedProcesses {
  readonly add: (started: GuardedProcess) => Promise<void>;
  /** Ends all of them at once. */
  readonly kill: () => void;
  /** Nothing of it is left. */
  readonly forget: () => Promise<void>;
}

export function startedProcesses(stateFolder: string): StartedProcesses {
  const file = recordOfProcesses(stateFolder);
  const running = new Map<GuardedProcess, ProcessMark>();
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> =>
    (writing = writing
      .catch(() => undefined)
      .then(async () => {
        if (isOver) return;
        await mkdir(stateFolder, { recursive: true });
        await writeFile(file, JSON.stringify([...running.values()]));
      }));
  let isOver = false;
  let killed = false;
  return {
    async add(started) {
      running.set(started, { pid: started.pid, start: (await processStart(started.pid)) ?? 'unknown' });
      void started.exited.then(() => {
        running.delete(started);
        // Where it cannot be written any more, an entry too many harms nobody: the next start sees that the process is gone.
        return write().catch(() => undefined);
      });
      if (killed) started.kill();
      await write();
    },
    kill() {
      killed = true;
      for (const started of running.keys()) started.kill();
    },
    async forget() {
      isOver = true;
      await writing.catch(() => undefined);
      await rm(file, { force: true });
    },
  };
}
