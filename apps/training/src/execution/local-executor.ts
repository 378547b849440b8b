import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunRecord } from '../runs/run-record.js';
import { runFiles } from '../worker/run-files.js';
import { holdersOf, lockRun, type RunLock } from '../worker/run-lock.js';
import type { Executor, NewsListener } from './executor.js';
import { ownProgram } from './own-program.js';
import { seedFolder } from './seed-folder.js';
import { startWorker, type WorkerProcess } from './worker-process.js';

export interface LocalExecutorOptions {
  /** Of all runs; each has a folder of its id in it. */
  readonly runsFolder: string;
  /** The program of a worker; that of this package if left out. */
  readonly program?: string;
  /** For the workers. */
  readonly environment?: NodeJS.ProcessEnv;
}

const lookEveryMs = 100;

/** A process of this machine for each run, so that a crash or a lack of memory ends one run and no service. */
export class LocalExecutor implements Executor {
  readonly place: string;
  readonly host = hostname();
  private lock: RunLock | undefined;
  private readonly workers = new Map<string, WorkerProcess>();

  constructor(private readonly options: LocalExecutorOptions) {
    this.place = `${hostname()}:${resolve(options.runsFolder)}`;
  }

  async open(): Promise<void> {
    const { runsFolder } = this.options;
    await mkdir(runsFolder, { recursive: true, mode: 0o700 });
    this.lock = await lockRun(
      runsFolder,
      (pid) =>
        `The runs in ${runsFolder} belong to the training service of process ${pid}; stop that one, or give this one another folder.`,
    );
  }

  async close(): Promise<void> {
    await this.lock?.release();
  }

  folderOf(run: Pick<RunRecord, 'id'>): string {
    return join(this.options.runsFolder, run.id);
  }

  async start(run: RunRecord, listener: NewsListener): Promise<void> {
    if (this.workers.has(run.id)) throw new Error(`The run ${run.id} has a worker already.`);
    const files = runFiles(this.folderOf(run));
    await mkdir(files.folder, { recursive: true, mode: 0o700 });
    await seedFolder(run, files, (id) => runFiles(this.folderOf({ id })));
    const { program = ownProgram, environment = process.env } = this.options;
    const worker = await startWorker({
      program,
      files,
      environment: {
        ...environment,
        MODA_RUN_ID: run.id,
        MODA_RUN_ATTEMPT: String(run.attempt),
        MODA_TRACE_ID: run.traceId,
      },
      listener: (news) => {
        if (news.kind === 'gone') this.workers.delete(run.id);
        listener(news);
      },
    });
    if (!worker.isGone()) this.workers.set(run.id, worker);
  }

  async stop(run: RunRecord, graceMs: number): Promise<void> {
    const worker = this.workers.get(run.id);
    if (worker === undefined) return this.adopt(run, graceMs);
    await worker.stop(graceMs);
  }

  async isAlive(run: RunRecord): Promise<boolean> {
    return this.workers.has(run.id) || (await holdersOf(this.folderOf(run))).length > 0;
  }

  async adopt(run: RunRecord, graceMs: number): Promise<void> {
    const worker = this.workers.get(run.id);
    if (worker !== undefined) return worker.stop(graceMs);
    const folder = this.folderOf(run);
    const deadline = performance.now() + graceMs;
    for (let asked = false; ; asked = true) {
      const holders = await holdersOf(folder);
      if (holders.length === 0) return;
      // One on another host ends by itself: it has lost the service it belongs to, and its file is no longer renewed.
      for (const { pid, onThisHost } of holders) if (onThisHost) signalTo(pid, deadline, asked);
      await sleep(lookEveryMs);
    }
  }
}

function signalTo(pid: number, deadline: number, asked: boolean): void {
  const late = performance.now() >= deadline;
  if (asked && !late) return;
  try {
    process.kill(pid, late ? 'SIGKILL' : 'SIGTERM');
  } catch {
    // It has gone by itself.
  }
}
