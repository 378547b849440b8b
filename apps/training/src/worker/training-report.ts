import type { ProgressEvent } from '@moda/experiments';
import type { JournalBody } from './journal-body.js';

export interface ReportOptions {
  readonly epochs: number;
  readonly checkpointEvery: number;
  readonly attempt: number;
  readonly append: (...bodies: readonly JournalBody[]) => void;
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
 * Turns the news of a training into lines of a journal: a metric point a step, with the accuracy in the point of an epoch's last step. That
 * step's point is kept back until the accuracy is known, so that each point is written once and whole; after a kill in between both are
 * computed again.
 */
export class TrainingReport {
  private lines = 0;
  private held: Values | undefined;
  private lastStep = 0;
  private lastProgress = -Infinity;
  private announced: { readonly epoch: number; readonly step: number } | undefined;

  constructor(private readonly options: ReportOptions) {}

  log(level: 'info' | 'warning' | 'error', text: string): void {
    this.lines += 1;
    this.options.append({ kind: 'log', level, attempt: this.options.attempt, line: this.lines, text });
  }

  onProgress(event: ProgressEvent): void {
    if (event.type === 'task') this.onTask(event);
    else this.log(event.type === 'note' ? 'info' : 'warning', event.message);
  }

  /** To be called when the training has stopped with a checkpoint after so many whole epochs. */
  stopped(epochs: number): void {
    this.announced = undefined;
    if (this.lastStep > 0) this.options.append({ kind: 'checkpoint', epoch: epochs, step: this.lastStep });
  }

  private onTask({ done, total, values = {} }: Task): void {
    this.checkpointIsWritten();
    const { epochs, append } = this.options;
    const epoch = (done * epochs) / total;
    const { accuracy } = values;
    this.lastStep = done;
    if (accuracy !== undefined) {
      const { accuracy: _apart, ...means } = values;
      append({ kind: 'metric', step: done, epoch, values: { ...(this.held ?? means), accuracy } });
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
    this.options.append({ kind: 'checkpoint', ...this.announced });
    this.announced = undefined;
  }
}
