import { isModaError, type RunState } from '@moda/contracts';
import type { WorkerExit, WorkerNews } from '../execution/executor.js';
import type { RunRecord } from '../runs/run-record.js';
import type { RunChanges } from '../runs/run-store.js';
import { runFiles, type RunFiles } from '../worker/run-files.js';
import type { ConductorContext } from './conductor-context.js';
import { type ExitMeaning, meaningOfExit, type StopCause } from './exit-meaning.js';
import { forgetInterruptions } from './interruptions.js';
import { JournalIntake } from './journal-intake.js';
import { settleInterrupted } from './settle-interrupted.js';
import { persist } from './persist.js';
import { taskWords } from './task-words.js';

const liveStates: readonly RunState[] = ['admitted', 'starting', 'running', 'checkpointing'];

/**
 * One attempt at a run, from its claim to what followed from the end of its worker. All that happens to it happens one after the other, in
 * the order in which it was heard.
 */
export class LiveRun {
  /** Resolves when the run is in other hands: ended, or back in the queue. Never rejects. */
  readonly over: Promise<void>;
  private resolveOver!: () => void;
  private isOver = false;
  private work: Promise<void> = Promise.resolve();
  private readonly files: RunFiles;
  private readonly intake: JournalIntake;
  private stopCause: StopCause | undefined;
  private wish: string | undefined;
  private hasWorker = false;
  private isLost = false;
  private isReading = false;
  private heardAt: number;
  private storedBeatAt = -Infinity;

  private constructor(
    private readonly context: ConductorContext,
    private readonly run: RunRecord,
  ) {
    this.files = runFiles(context.executor.folderOf(run));
    this.intake = new JournalIntake(context, run, this.files);
    this.heardAt = context.clock().getTime();
    this.over = new Promise((resolve) => (this.resolveOver = resolve));
  }

  /** Starts a worker for a run that was just claimed. */
  static launch(context: ConductorContext, run: RunRecord): LiveRun {
    const live = new LiveRun(context, run);
    live.then(() => live.start());
    return live;
  }

  /** Ends what an earlier service has left: its worker has lost its parent and is on its way out. */
  static recover(context: ConductorContext, run: RunRecord): LiveRun {
    const live = new LiveRun(context, run);
    live.then(async () => {
      if (await context.executor.isAlive(run)) {
        await live.move(
          'running',
          'checkpointing',
          'The service was started again; an earlier worker writes a checkpoint.',
        );
        await context.executor.adopt(run, context.timings.graceMs);
      }
      await live.finish(undefined);
    });
    return live;
  }

  get id(): string {
    return this.run.id;
  }

  /** Whether its worker has given a sign of life lately, as far as this process knows. */
  isSilent(): boolean {
    return this.context.clock().getTime() - this.heardAt > this.context.timings.silentMs;
  }

  /** Takes in what its journal has; a second call before the first one has begun adds nothing. */
  look(): void {
    if (this.isReading) return;
    this.isReading = true;
    this.then(async () => {
      this.isReading = false;
      await this.read();
    });
  }

  /**
   * Asks its worker to end. The first cause counts.
   *
   * @param wish of whoever wanted it cancelled, in a sentence
   */
  stop(cause: StopCause, wish?: string): void {
    const isFirst = this.stopCause === undefined;
    if (isFirst) this.wish = wish;
    this.stopCause ??= cause;
    if (isFirst && cause !== 'silent')
      this.then(async () => {
        await this.move('running', 'checkpointing', 'It was asked to stop and writes a checkpoint.');
      });
    if (isFirst || cause === 'silent') this.stopWorker(cause === 'silent' ? 0 : this.context.timings.graceMs);
  }

  /** Says in the store that it is alive, at once. */
  beat(): void {
    this.storedBeatAt = -Infinity;
    this.then(() => this.storeBeat());
  }

  private async start(): Promise<void> {
    const { context, run } = this;
    await this.intake.passOver();
    if (!(await this.becomeStarting())) {
      this.declareOver();
      return;
    }
    if (this.isToStop()) return this.finish(undefined);
    try {
      await context.executor.adopt(run, context.timings.graceMs);
      await context.executor.start(run, (news) => this.hear(news));
    } catch (error) {
      context.logger.error({ err: error, runId: run.id }, 'A worker could not be started.');
      // A run that cannot be started is not tried again; a machine that had no room is.
      if (isModaError(error)) {
        const { code, message } = error;
        await this.conclude({ to: 'failed', reason: message, error: { code, message } });
        this.declareOver();
        return;
      }
      const lastWords = error instanceof Error ? error.message : String(error);
      return this.finish({ code: null, signal: null, killed: false, lastWords });
    }
    this.hasWorker = true;
    // Who asked in the meantime had no worker to ask.
    if (this.isToStop()) this.stopWorker(context.timings.graceMs);
  }

  /** Also true where an earlier try did it, of which no answer came. */
  private async becomeStarting(): Promise<boolean> {
    const { executor, store } = this.context;
    if (await this.move('admitted', 'starting', `A worker is being started on ${executor.host}.`))
      return true;
    const run = await store.run(this.run.id);
    return run?.state === 'starting' && run.worker?.token === this.token;
  }

  /** Asked each time: it can come in while something is waited for. */
  private isToStop(): boolean {
    return this.stopCause !== undefined;
  }

  private stopWorker(graceMs: number): void {
    if (!this.hasWorker) return;
    this.context.executor.stop(this.run, graceMs).catch((error: unknown) => {
      this.context.logger.error({ err: error, runId: this.run.id }, 'A worker could not be stopped.');
    });
  }

  private hear(news: WorkerNews): void {
    this.heardAt = this.context.clock().getTime();
    if (news.kind === 'journal') this.look();
    else if (news.kind === 'beat') this.then(() => this.storeBeat());
    else if (news.kind === 'gone') this.then(() => this.finish(news.exit));
    else
      this.then(async () => {
        const { device, pid } = news;
        const worker = this.run.worker;
        await this.move('starting', 'running', `The worker has begun to ${this.words.begunTo}.`, {
          ...(device === undefined ? {} : { device }),
          ...(worker && pid !== undefined ? { worker: { ...worker, pid } } : {}),
        });
        await this.storeBeat();
      });
  }

  private async storeBeat(): Promise<void> {
    const { clock, store, timings } = this.context;
    const now = clock();
    if (now.getTime() - this.storedBeatAt < timings.beatMs) return;
    this.storedBeatAt = now.getTime();
    if (!(await store.beat(this.run.id, this.token, now))) this.lose();
  }

  private async read(): Promise<void> {
    if (this.isLost) return;
    if ((await this.intake.read()) === 'lost') this.lose();
  }

  /** Somebody else has the run by now: a second worker must not go on. */
  private lose(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.context.logger.warn(
      { runId: this.run.id },
      'The run is no longer of this service; its worker is ended.',
    );
    this.stopWorker(0);
  }

  private async finish(exit: WorkerExit | undefined): Promise<void> {
    this.hasWorker = false;
    await this.read();
    if (!this.isLost) {
      const { timings } = this.context;
      const { end } = this.intake;
      const { stopCause: stop, wish } = this;
      await this.conclude(
        meaningOfExit({ kind: this.run.task.kind, exit, end, stop, wish, silentMs: timings.silentMs }),
      );
    }
    this.declareOver();
  }

  private get words() {
    return taskWords[this.run.task.kind];
  }

  private async conclude(meaning: ExitMeaning): Promise<void> {
    const { to, reason } = meaning;
    if (to === 'succeeded') {
      // It may have been so quick that nobody heard of its start.
      await this.move('starting', 'running', `The worker has begun to ${this.words.begunTo}.`);
      await this.move(liveStates, to, reason, { outcome: meaning.outcome, error: null });
      await forgetInterruptions(this.files.interruptions);
    } else if (to === 'failed') {
      await this.move(liveStates, to, reason, { error: meaning.error });
    } else if (to === 'cancelled') {
      await this.move(liveStates, to, reason);
    } else {
      await this.move(liveStates, to, reason);
      await settleInterrupted(this.context, this.run.id, this.files, {
        reason,
        unexpected: meaning.unexpected,
        hasProgressed: this.intake.hasCheckpoint,
      });
    }
  }

  /** False where it was refused: somebody else was quicker, or there is nothing to change. */
  private async move(
    from: RunState | readonly RunState[],
    to: RunState,
    reason: string,
    changes?: RunChanges,
  ): Promise<boolean> {
    const { onNews, store } = this.context;
    const outcome = await store.move(this.run.id, from, to, reason, changes);
    if (outcome.kind === 'moved') onNews(this.run.id);
    return outcome.kind === 'moved';
  }

  private declareOver(): void {
    this.isOver = true;
    this.resolveOver();
  }

  private get token(): string {
    return this.run.worker?.token ?? '';
  }

  /** One after the other; what fails is tried again for as long as the store does not answer. */
  private then(step: () => Promise<void>): void {
    this.work = this.work.then(async () => {
      // What was asked for too late is asked of nobody: the store may be closed by now.
      if (this.isOver) return;
      try {
        await persist(this.context, step);
      } catch (error) {
        this.context.logger.error({ err: error, runId: this.run.id }, sentenceOf(error));
        this.lose();
        this.declareOver();
      }
    });
  }
}

const sentenceOf = (error: unknown): string =>
  isModaError(error) ? error.message : 'Something failed that should not.';
