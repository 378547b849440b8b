import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isModaError, ModaError, parseTrainSpec, type TrainSpec } from '@moda/contracts';
import type { RunContext, TrainResult } from '@moda/experiments';
import { artifactOf, artifactsOf } from './artifacts.js';
import { checkpointPosition } from './checkpoint-position.js';
import { deviceInWords } from './device-in-words.js';
import {
  hasRates,
  hasSamples,
  outcomeOfFinished,
  rememberOutcome,
  removeUnfinished,
} from './finished-model.js';
import type { JournalBody } from './journal-body.js';
import { JournalFile } from './journal-file.js';
import { keepCheckpoint, keptEpochs } from './kept-checkpoints.js';
import { checkpointNames, runFiles, type RunFiles } from './run-files.js';
import { lockRun } from './run-lock.js';
import { beforeAbort } from './tasks/before-abort.js';
import { nameRuns } from './tasks/name-runs.js';
import { outcomeOfTask } from './tasks/outcome-of-task.js';
import { outcomeOnTests } from './tasks/outcome-on-tests.js';
import type { DerivingTask } from './tasks/perform-task.js';
import { readTask } from './tasks/read-task.js';
import { TaskReport } from './tasks/task-report.js';
import { type LogLevel, TrainingReport } from './training-report.js';
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
  private opening: ReturnType<RunContext['backend']> | undefined;
  private lines = 0;

  constructor(
    private readonly options: WorkerOptions,
    private readonly files: RunFiles,
    private readonly journal: JournalFile,
  ) {}

  async toEnd(): Promise<number> {
    const { complain, signal } = this.options;
    try {
      const spec = parseTrainSpec(JSON.parse(await readFile(this.files.spec, 'utf8')));
      const task = await readTask(this.files);
      return task.kind === 'train' ? await this.train(spec) : await this.perform(task, spec);
    } catch (error) {
      if (signal.aborted && !isModaError(error)) return workerExitCodes.stopped;
      const code = isModaError(error) ? error.code : 'UNEXPECTED';
      if (!isModaError(error))
        complain(error instanceof Error ? (error.stack ?? error.message) : sentenceOf(error));
      const message = nameRuns(sentenceOf(error), this.files.folder);
      this.append({ kind: 'end', outcome: 'failed', code, message });
      this.journal.sync();
      return workerExitCodes.failed;
    }
  }

  /** Each part is passed over where an attempt before has done it. */
  private async train(spec: TrainSpec): Promise<number> {
    const { files } = this;
    await mkdir(files.model, { recursive: true });
    await removeUnfinished(files);
    let outcome = await outcomeOfFinished(files);
    if (outcome === undefined) {
      const result = await this.trainModel(spec);
      if (!result.finished) return workerExitCodes.stopped;
      const { accuracy, parameters, seconds } = result;
      outcome = { parameters, seconds, ...(accuracy === null ? {} : { accuracy }) };
      await rememberOutcome(files, outcome);
    }
    if (!(await hasRates(files))) await this.measureRates(spec);
    if (!existsSync(files.evaluation)) await this.evaluate(spec);
    if (!(await hasSamples(files))) await this.writeSamples(spec);
    if (this.opening === undefined) this.options.tell({ kind: 'started' });
    await removeUnfinished(files);
    await rm(files.start, { force: true });
    // Files and end by one write: a kill in between cannot have the files told twice.
    this.append(...(await artifactsOf(files.model)), {
      kind: 'end',
      outcome: 'succeeded',
      ...(await outcomeOnTests(files)),
      ...outcome,
    });
    this.journal.sync();
    return workerExitCodes.done;
  }

  /** From its beginning by each attempt: it is done soon. */
  private async perform(task: DerivingTask, spec: TrainSpec): Promise<number> {
    const { performTask } = await import('./tasks/perform-task.js');
    const { files } = this;
    const { signal, tell } = this.options;
    const report = new TaskReport({
      append: (...bodies) => this.append(...bodies),
      log: (level, text) => this.log(level, text),
      now: () => performance.now(),
    });
    await beforeAbort(
      performTask(task, {
        files,
        spec,
        context: { backend: () => this.backend(), onProgress: (event) => report.onProgress(event), signal },
        onPart: (...part) => report.onPart(...part),
      }),
      signal,
    );
    if (this.opening === undefined) tell({ kind: 'started' });
    this.append(...(await artifactsOf(files.model)), await artifactOf(files.result, basename(files.result)), {
      kind: 'end',
      outcome: 'succeeded',
      ...(await outcomeOfTask(task, files)),
    });
    this.journal.sync();
    return workerExitCodes.done;
  }

  private async trainModel(spec: TrainSpec): Promise<TrainResult> {
    const { adoptCheckpoint, trainModel } = await loadExperiments();
    const { model, start } = this.files;
    const places = checkpointNames.map((name) => join(model, name));
    if (!places.some(existsSync) && existsSync(start)) await adoptCheckpoint(start, model, spec);
    const report = await this.reportOf(spec, places[0]!);
    const { signal } = this.options;
    // A point that was reported before the signal is on the disk before the checkpoint that the signal leads to.
    signal.addEventListener('abort', () => this.journal.sync(), { once: true });
    const result = await trainModel(
      { ...spec, out: model, resume: true },
      { backend: () => this.backend(), onProgress: (event) => report.onProgress(event), signal },
    );
    if (!result.finished) {
      report.stopped(result.epochs);
      this.journal.sync();
    }
    return result;
  }

  /** Which units each class needs: with it the model can be cut into modules, and published with them. */
  private async measureRates({ dataDir, trainLimit }: TrainSpec): Promise<void> {
    const { decomposeModel } = await loadExperiments();
    const { signal } = this.options;
    await decomposeModel(
      { model: this.files.model, dataDir, trainLimit, tau: anyTau },
      {
        backend: () => this.backend(),
        // Beside the steps of the training its progress would be a step back.
        onProgress: (event) => {
          if (event.type !== 'task') this.log(event.type === 'note' ? 'info' : 'warning', event.message);
        },
        signal,
      },
    );
    this.log('info', 'The activation rates of all classes are measured.');
  }

  /** How well each class is told from the others. */
  private async evaluate(spec: TrainSpec): Promise<void> {
    const { evaluateInto } = await import('./tasks/evaluate.js');
    const { model, evaluation } = this.files;
    await evaluateInto(evaluation, model, spec, {
      backend: () => this.backend(),
      onProgress: () => undefined,
      signal: this.options.signal,
    });
  }

  /** Some test images with the model's answers: what a page that runs the model compares itself with. */
  private async writeSamples({ dataDir }: TrainSpec): Promise<void> {
    const { writeSampleImages } = await loadExperiments();
    const { signal } = this.options;
    const context = { backend: () => this.backend(), onProgress: () => undefined, signal };
    await writeSampleImages({ model: this.files.model, dataDir }, context);
  }

  private async reportOf(spec: TrainSpec, newest: string): Promise<TrainingReport> {
    const at = await checkpointPosition(newest);
    const isWhole = at !== undefined && at.epoch > 0 && at.step === 0;
    const isTold = !isWhole || (await keptEpochs(this.files)).includes(at.epoch);
    return new TrainingReport({
      epochs: spec.epochs,
      checkpointEvery: spec.checkpointEvery,
      append: (...bodies) => this.append(...bodies),
      log: (level, text) => this.log(level, text),
      keep: (epoch) => keepCheckpoint(this.files, epoch),
      untold: isTold ? undefined : at.epoch,
      sync: () => this.journal.sync(),
      now: () => performance.now(),
    });
  }

  /** Opened once, and only where there is something to compute. */
  private backend(): ReturnType<RunContext['backend']> {
    return (this.opening ??= this.openBackend());
  }

  private async openBackend(): ReturnType<RunContext['backend']> {
    const backend = await this.options.openBackend();
    const device = deviceInWords(backend.device);
    const { fallbackReason } = backend.device;
    this.options.tell({ kind: 'started', device });
    this.log('info', `It runs on ${device}.`);
    if (fallbackReason !== undefined) this.log('warning', fallbackReason);
    return backend;
  }

  private log(level: LogLevel, text: string): void {
    this.lines += 1;
    this.append({ kind: 'log', level, attempt: this.options.attempt, line: this.lines, text });
  }

  private append(...bodies: readonly JournalBody[]): void {
    this.journal.append(...bodies);
    if (this.options.signal.aborted) this.journal.sync();
    this.options.tell({ kind: 'journal' });
  }
}

/** Loaded when it is wanted, so that a worker that only has to say that all is done does without TensorFlow. */
const loadExperiments = () => import('@moda/experiments');

/** The rates are the same for every threshold; the cut that is made of them here is not kept. */
const anyTau = 0.9;

function sentenceOf(error: unknown): string {
  if (error instanceof ModaError || error instanceof Error) return error.message;
  return String(error);
}
