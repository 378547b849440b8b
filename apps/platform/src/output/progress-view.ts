import { duration, liveValues } from './live-values.js';

/** What is written to: standard error. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly values: Readonly<Record<string, number>>;
}

export interface TaskLine {
  update(progress: Progress): void;
  /** @param accuracy what it came to, 0..1 */
  end(accuracy: number | null): void;
}

/** How far several things are, each in a line: redrawn in place on a terminal, a line every few seconds elsewhere. */
export interface ProgressView {
  task(label: string): TaskLine;
  note(text: string): void;
  /** The same words are loud once. */
  warn(text: string): void;
  /** Takes what is on the screen to an end, so that other text can follow. */
  end(): void;
}

interface Task {
  readonly label: string;
  shown: Progress | undefined;
  startedAt: number;
  startedDone: number;
  printedAt: number;
}

const printEveryMs = 5_000;
const drawEveryMs = 125;
const defaultColumns = 80;

/** @param now milliseconds */
export function progressView(out: Output, now: () => number = () => performance.now()): ProgressView {
  const live = new Set<Task>();
  const said = new Set<string>();
  let drawnLines = 0;
  let drawnAt = -Infinity;

  const clear = (): void => {
    // Up to the first line of the block, and away with all below.
    if (drawnLines > 0) out.write(`\u001b[${drawnLines}A\u001b[J`);
    drawnLines = 0;
  };
  const draw = (): void => {
    if (out.isTTY !== true) return;
    clear();
    const lines = [...live].filter(({ shown }) => shown !== undefined).map((task) => lineOf(task, now()));
    const columns = (out.columns ?? defaultColumns) - 1;
    for (const line of lines) out.write(`${line.slice(0, columns)}\n`);
    drawnLines = lines.length;
    drawnAt = now();
  };
  const say = (text: string): void => {
    clear();
    out.write(`${text}\n`);
    draw();
  };
  const show = (task: Task): void => {
    const time = now();
    if (out.isTTY === true) {
      if (time - drawnAt >= drawEveryMs) draw();
    } else if (time - task.printedAt >= printEveryMs) {
      task.printedAt = time;
      out.write(`${lineOf(task, time)}\n`);
    }
  };

  return {
    task(label) {
      const task: Task = { label, shown: undefined, startedAt: now(), startedDone: 0, printedAt: -Infinity };
      live.add(task);
      return {
        update(progress) {
          // What is counted now is another thing than before.
          if (task.shown === undefined || task.shown.total !== progress.total) {
            task.startedAt = now();
            task.startedDone = progress.done;
          }
          task.shown = progress;
          show(task);
        },
        end(accuracy) {
          live.delete(task);
          const result = accuracy === null ? 'done' : `done, accuracy ${(100 * accuracy).toFixed(2)} %`;
          say(`${label}: ${result}  took ${duration((now() - task.startedAt) / 1000)}`);
        },
      };
    },
    note: say,
    warn(text) {
      if (said.has(text)) return;
      said.add(text);
      say(`moda: WARNING: ${text}`);
    },
    end: () => {
      // The block stays on the screen as it was last.
      drawnLines = 0;
      live.clear();
    },
  };
}

function lineOf({ label, shown, startedAt, startedDone }: Task, time: number): string {
  if (shown === undefined) return label;
  const { done, total, unit, values } = shown;
  const elapsed = (time - startedAt) / 1000;
  const left = done > startedDone ? (elapsed / (done - startedDone)) * (total - done) : undefined;
  const wait = left === undefined || done >= total ? '' : `${duration(left)} left`;
  return [`${label}: ${done}/${total} ${unit}`, wait, liveValues(values)].filter(Boolean).join('  ');
}
