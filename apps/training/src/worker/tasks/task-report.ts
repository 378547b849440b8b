import type { ProgressEvent } from '@moda/experiments';
import type { JournalBody } from '../journal-body.js';
import type { LogLevel } from '../training-report.js';

export interface TaskReportOptions {
  readonly append: (...bodies: readonly JournalBody[]) => void;
  readonly log: (level: LogLevel, text: string) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Lists of runs show no more than that. */
const progressEveryMs = 1000;

/** Turns the news of a task into lines of a journal: a line of the log for each part, and how far it is. */
export class TaskReport {
  private lastProgress = -Infinity;

  constructor(private readonly options: TaskReportOptions) {}

  onPart(done: number, total: number, what: string): void {
    this.options.log('info', what);
    this.options.append({ kind: 'progress', done, total, unit: 'part' });
  }

  onProgress(event: ProgressEvent): void {
    if (event.type !== 'task') {
      this.options.log(event.type === 'note' ? 'info' : 'warning', event.message);
      return;
    }
    const { done, total, unit } = event;
    const now = this.options.now();
    if (done < total && now - this.lastProgress < progressEveryMs) return;
    this.lastProgress = now;
    this.options.append({ kind: 'progress', done, total, unit });
  }
}
