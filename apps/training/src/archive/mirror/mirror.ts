import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isModaError } from '@moda/contracts';
import type { Logger } from '@moda/service-kit';
import { runFiles } from '../../worker/run-files.js';
import { type InLine, inLine } from '../in-line.js';
import type { RunArchive } from '../run-archive.js';
import { logName } from './mirrored-files.js';
import { RunMirror } from './run-mirror.js';

/** Copies what runs write on this machine into the archive while they live. Nothing of it ever throws or holds up a run for long. */
export interface Mirror {
  /** A worker is about to write into the run's folder. */
  begin(id: string): void;
  /** Its worker is gone. Resolves when all is in the archive, or after a while: then it goes on in the background. */
  end(id: string): Promise<void>;
  /** Copies what services before this one have left uncopied, run by run, in the background. */
  catchUp(): void;
  /** Waits a while for what is under way. What is not copied by then is caught up with by the next service. */
  close(): Promise<void>;
}

export interface MirrorOptions {
  readonly archive: RunArchive;
  /** Of all runs; each has a folder of its id in it. */
  readonly runsFolder: string;
  readonly logger: Logger;
  /** Between two looks at a living run (ms). */
  readonly everyMs?: number;
  /** For the end of a run, and for the end of the service (ms). */
  readonly patienceMs?: number;
  /** Between two tries where the archive did not take something at the end of a run (ms). */
  readonly retryMs?: number;
}

const defaultEveryMs = 2000;
const defaultPatienceMs = 10_000;
const defaultRetryMs = 15_000;

export function openMirror(options: MirrorOptions): Mirror {
  return new FolderMirror(options);
}

interface Mirrored {
  readonly mirror: RunMirror;
  /** Looks at one run never meet. */
  readonly line: InLine;
  isLooking: boolean;
  hasWorker: boolean;
  /** Where it has none and not all is copied yet: when to try again (ms of `performance`). */
  retryAt: number;
}

class FolderMirror implements Mirror {
  private readonly runs = new Map<string, Mirrored>();
  private readonly timer: NodeJS.Timeout;
  private readonly closing = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private isFailing = false;

  constructor(private readonly options: MirrorOptions) {
    this.timer = setInterval(() => this.lookAtAll(), options.everyMs ?? defaultEveryMs).unref();
  }

  begin(id: string): void {
    this.runOf(id).hasWorker = true;
  }

  async end(id: string): Promise<void> {
    const run = this.runOf(id);
    run.hasWorker = false;
    await this.patiently(this.finish(id, run));
  }

  catchUp(): void {
    this.keep(this.catchUpAll());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.closing.abort();
    await this.patiently(Promise.all(this.underWay));
  }

  private lookAtAll(): void {
    for (const [id, run] of this.runs) {
      if (run.isLooking) continue;
      if (run.hasWorker) this.keep(this.look(run, () => run.mirror.look()));
      else if (run.retryAt <= performance.now()) this.keep(this.finish(id, run));
    }
  }

  private async finish(id: string, run: Mirrored): Promise<void> {
    run.retryAt = Infinity;
    const isDone = await this.look(run, () => run.mirror.settle());
    // It may have got another worker meanwhile.
    if (isDone && !run.hasWorker) this.runs.delete(id);
    else run.retryAt = performance.now() + (this.options.retryMs ?? defaultRetryMs);
  }

  /** False where it failed. */
  private async look(run: Mirrored, work: () => Promise<void>): Promise<boolean> {
    return run.line(async () => {
      run.isLooking = true;
      try {
        await work();
        this.isFailing = false;
        return true;
      } catch (error) {
        // A folder of another database.
        if (isModaError(error) && error.code === 'RUN_UNKNOWN') return true;
        this.complain(error);
        return false;
      } finally {
        run.isLooking = false;
      }
    });
  }

  /** Once, until something works again: a store that is away is away for every run, every two seconds. */
  private complain(error: unknown): void {
    if (this.isFailing || this.closing.signal.aborted) return;
    this.isFailing = true;
    this.options.logger.warn(
      { err: error },
      'Files of runs could not be copied into the archive; it is tried again, and the runs go on.',
    );
  }

  private async catchUpAll(): Promise<void> {
    const { archive, runsFolder } = this.options;
    for (const id of await readdir(runsFolder).catch((): string[] => [])) {
      if (this.closing.signal.aborted) return;
      if (!isRunId(id) || this.runs.has(id)) continue;
      try {
        const log = await archive.file(id, logName);
        if (log?.digest === undefined && !this.runs.has(id)) await this.finish(id, this.runOf(id));
      } catch (error) {
        this.complain(error);
      }
    }
  }

  private runOf(id: string): Mirrored {
    const known = this.runs.get(id);
    if (known) return known;
    const { archive, runsFolder } = this.options;
    const mirror = new RunMirror(archive, id, runFiles(join(runsFolder, id)));
    const run = { mirror, line: inLine(), isLooking: false, hasWorker: false, retryAt: Infinity };
    this.runs.set(id, run);
    return run;
  }

  private keep(work: Promise<unknown>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async patiently(work: Promise<unknown>): Promise<void> {
    this.keep(work);
    const over = new AbortController();
    const limitMs = this.options.patienceMs ?? defaultPatienceMs;
    const late = sleep(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([work, late]);
    over.abort();
  }
}

const isRunId = (name: string): boolean => /^[0-9a-f-]{36}$/.test(name);
