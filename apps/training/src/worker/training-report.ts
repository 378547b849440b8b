import type { ProgressEvent } from '@moda/experiments';
import type { JournalBody } from './journal-body.js';

export type LogLevel = 'info' | 'warning' | 'error';

export interface ReportOptions {
  readonly epochs: number;
  readonly checkpointEvery: number;
  readonly append: (...bodies: readonly JournalBody[]) => void;
  readonly log: (level: LogLevel, text: string) => void;
  /** Called when the checkpoint of so many whole epochs is there, before it is announced. */
  readonly keep: (epoch: number) => void;
  /** The training goes on from a checkpoint of so many whole epochs that nobody has been told of. */
  readonly untold?: number | undefined;
  /** Called where what follows may make a checkpoint durable: all that was appended has to be so before. */
  readonly sync: () => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type Task = Extract<ProgressEvent, { type: 'task' }>;
type Values = Readonly<Record<string, number>>;

/** Metric points say where a run is, too; progress of its own is for the lists of runs. */
const progressEveryMs = 1000;

/**
 * Turns the news of a training into lines of a journal: a metric point a step, with what is measured once an epoch in the point of its last step.
 * That point is kept back until the accuracy is known, so that each point is written once and whole; after a kill in between both are
 * computed again.
 */
export class TrainingReport {
  private held: Values | undefined;
  private lastStep = 0;
  private total = 0;
  private lastProgress = -Infinity;
  private announced: { readonly epoch: number; readonly step: number } | undefined;
  private untold: number | undefined;

  constructor(private readonly options: ReportOptions) {
    this.untold = options.untold;
  }

  onProgress(event: ProgressEvent): void {
    if (event.type === 'task') this.onTask(event);
    else this.options.log(event.type === 'note' ? 'info' : 'warning', event.message);
  }

  /** To be called when the training has stopped with a checkpoint after so many whole epochs. */
  stopped(epochs: number): void {
    this.announced = undefined;
    if (this.lastStep === 0) return;
    const isWhole = this.lastStep * this.options.epochs === epochs * this.total;
    if (isWhole) this.announce(epochs, this.lastStep);
    else this.options.append({ kind: 'checkpoint', epoch: epochs, step: this.lastStep });
  }

  private onTask({ done, total, values = {} }: Task): void {
    const { epochs, append } = this.options;
    if (this.untold !== undefined)
      this.announced = { epoch: this.untold, step: (this.untold * total) / epochs };
    this.untold = undefined;
    this.checkpointIsWritten();
    const epoch = (done * epochs) / total;
    const { accuracy } = values;
    this.lastStep = done;
    this.total = total;
    if (accuracy !== undefined) {
      // The last step's own losses in place of the means of the epoch.
      append({ kind: 'metric', step: done, epoch, values: { ...values, ...this.held } });
      this.held = undefined;
      this.announceCheckpoint(epoch, done);
    } else if (Number.isInteger(epoch)) {
      this.held = values;
      return;
    } else {
      append({ kind: 'metric', step: done, values });
    }
    this.progress(done, total);
    if (accuracy !== undefined) this.options.sync();
  }

  private progress(done: number, total: number): void {
    const now = this.options.now();
    if (done < total && now - this.lastProgress < progressEveryMs) return;
    this.lastProgress = now;
    this.options.append({ kind: 'progress', done, total });
  }

  private announceCheckpoint(epoch: number, step: number): void {
    const { epochs, checkpointEvery } = this.options;
    if (epoch < epochs && epoch % checkpointEvery === 0) this.announced = { epoch, step };
  }

  /** The training waits for a checkpoint before it takes the next step: news of that step means that it is there. */
  private checkpointIsWritten(): void {
    if (this.announced === undefined) return;
    this.announce(this.announced.epoch, this.announced.step);
    this.announced = undefined;
  }

  private announce(epoch: number, step: number): void {
    this.options.keep(epoch);
    this.options.append({ kind: 'checkpoint', epoch, step });
  }
}
