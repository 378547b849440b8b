import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError, parseTrainSpec, type TrainSpec } from '@moda/contracts';
import type { RunContext } from '@moda/experiments';
import { artifactsOf, isTemporary } from './artifacts.js';
import type { JournalBody } from './journal-body.js';
import { JournalFile } from './journal-file.js';
import { runFiles, type RunFiles } from './run-files.js';
import { lockRun } from './run-lock.js';
import { TrainingReport } from './training-report.js';
import { workerExitCodes, type WorkerMessage } from './worker-message.js';

export interface WorkerOptions {
  /** Of the run: its spec is there, journal, checkpoints and model go there. */
  readonly folder: string;
  /** 1 .., how often the run was started. */
  readonly attempt: number;
  readonly openBackend: RunContext['backend'];
  /** Aborted where the worker is to write a checkpoint and end. */
  readonly signal: AbortSignal;
  /** Tells whoever started the worker. */
  readonly tell: (message: WorkerMessage) => void;
  /** For people: the process's own log. */
  readonly complain: (text: string) => void;
}

/** Works on a run from its last checkpoint on, until it is done, has failed or is to stop. Answers with the exit code of the process. */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const files = runFiles(options.folder);
  let lock;
  try {
    lock = await lockRun(files.folder);
  } catch (error) {
    options.complain(sentenceOf(error));
    return isModaError(error) && error.code === 'RUN_LOCKED'
      ? workerExitCodes.locked
      : workerExitCodes.failed;
  }
  const journal = JournalFile.open(files.journal);
  try {
    return await new Attempt(options, files, journal).toEnd();
  } finally {
    journal.close();
    await lock.release();
  }
}

class Attempt {
  constructor(
    private readonly options: WorkerOptions,
    private readonly files: RunFiles,
    private readonly journal: JournalFile,
  ) {}

  async toEnd(): Promise<number> {
    const { complain, signal } = this.options;
    try {
      const spec = parseTrainSpec(JSON.parse(await readFile(this.files.spec, 'utf8')));
      return await this.train(spec);
    } catch (error) {
      if (signal.aborted && !isModaError(error)) return workerExitCodes.stopped;
      const code = isModaError(error) ? error.code : 'UNEXPECTED';
      if (!isModaError(error))
        complain(error instanceof Error ? (error.stack ?? error.message) : sentenceOf(error));
      this.append({ kind: 'end', outcome: 'failed', code, message: sentenceOf(error) });
      this.journal.sync();
      return workerExitCodes.failed;
    }
  }

  private async train(spec: TrainSpec): Promise<number> {
    const { attempt, openBackend, signal, tell } = this.options;
    const { model } = this.files;
    await mkdir(model, { recursive: true });
    // A worker that was killed behind its last file had no time to say so.
    const finished = await resultOfFinished(model);
    if (finished) {
      tell({ kind: 'started' });
      await this.succeed(finished);
      return workerExitCodes.done;
    }
    await removeUnfinished(model);
    const report = new TrainingReport({
      epochs: spec.epochs,
      checkpointEvery: spec.checkpointEvery,
      attempt,
      append: (...bodies) => this.append(...bodies),
      sync: () => this.journal.sync(),
      now: () => performance.now(),
    });
    // Loaded here, so that a worker that only has to say that all is done does without.
    const { trainModel } = await import('@moda/experiments');
    let opening: ReturnType<RunContext['backend']> | undefined;
    const open = async (): ReturnType<RunContext['backend']> => {
      const backend = await openBackend();
      const { name, threads, kind, fallbackReason } = backend.device;
      const device = kind === 'gpu' ? name : `${name}, ${threads} threads`;
      tell({ kind: 'started', device });
      report.log('info', `Training on ${device}.`);
      if (fallbackReason !== undefined) report.log('warning', fallbackReason);
      return backend;
    };
    // A point that was reported before the signal is on the disk before the checkpoint that the signal leads to.
    signal.addEventListener('abort', () => this.journal.sync(), { once: true });
    const result = await trainModel(
      { ...spec, out: model, resume: true },
      { backend: () => (opening ??= open()), onProgress: (event) => report.onProgress(event), signal },
    );
    if (!result.finished) {
      report.stopped(result.epochs);
      this.journal.sync();
      return workerExitCodes.stopped;
    }
    const { accuracy, parameters, seconds } = result;
    await this.succeed({ parameters, seconds, ...(accuracy === null ? {} : { accuracy }) });
    return workerExitCodes.done;
  }

  /** Files and end by one write: a kill in between cannot have the files told twice. */
  private async succeed(outcome: Outcome): Promise<void> {
    await removeUnfinished(this.files.model);
    this.append(...(await artifactsOf(this.files.model)), { kind: 'end', outcome: 'succeeded', ...outcome });
    this.journal.sync();
  }

  private append(...bodies: readonly JournalBody[]): void {
    this.journal.append(...bodies);
    if (this.options.signal.aborted) this.journal.sync();
    this.options.tell({ kind: 'journal' });
  }
}

interface Outcome {
  readonly accuracy?: number;
  readonly parameters?: number;
  readonly seconds?: number;
}

/** What a finished model says of itself; its manifest is written last, so a folder that has one is whole. */
async function resultOfFinished(model: string): Promise<Outcome | undefined> {
  const text = await readFile(join(model, 'module.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { metrics } = JSON.parse(text) as { readonly metrics?: Readonly<Record<string, number>> };
  const accuracy = metrics?.['accuracy'];
  return accuracy === undefined ? {} : { accuracy };
}

/** Removes what killed writers left half written; of a finished model also its checkpoints. */
async function removeUnfinished(model: string): Promise<void> {
  const names = await readdir(model);
  const isFinished = names.includes('module.json');
  for (const name of names)
    if (isFinished ? isTemporary(name) : name.endsWith('.partial'))
      await rm(join(model, name), { force: true });
}

function sentenceOf(error: unknown): string {
  if (error instanceof ModaError || error instanceof Error) return error.message;
  return String(error);
}
