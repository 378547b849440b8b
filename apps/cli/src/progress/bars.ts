import { type Options, type Params, SingleBar } from 'cli-progress';
import type { Output } from '../surroundings.js';
import { duration, liveValues } from './live-values.js';
import type { TaskEvent, TaskView } from './reporter.js';

const barColumns = 24;
const redrawsPerSecond = 8;
/** Steps over which the time left is averaged: long enough to be calm, short enough to notice a slower epoch. */
const averagedSteps = 40;

/** One bar that is redrawn in place; a new label leaves the old bar behind and begins another. */
export function createBars(stderr: Output): TaskView {
  let bar: SingleBar | undefined;
  let label: string | undefined;
  const end = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    update: (task) => {
      if (label !== task.label || (!bar && task.done < task.total)) {
        end();
        bar = startBar(stderr, task);
        label = task.label;
      }
      bar?.setTotal(task.total);
      bar?.update(task.done, { task });
      if (task.done >= task.total) end();
    },
    end,
  };
}

function startBar(stderr: Output, task: TaskEvent): SingleBar {
  const bar = new SingleBar({
    // The stream is a terminal here (`isTTY`); the library asks for more of its type than it uses.
    stream: stderr as unknown as NodeJS.WritableStream,
    format: drawBar,
    fps: redrawsPerSecond,
    etaBuffer: averagedSteps,
    // Long lines are cut to the terminal's width without changing the terminal's own setting.
    linewrap: true,
    forceRedraw: true,
    gracefulExit: false,
  });
  bar.start(task.total, task.done, { task });
  return bar;
}

function drawBar(_options: Options, params: Params, payload: { readonly task: TaskEvent }): string {
  const { label, done, total, unit, values } = payload.task;
  const filled = Math.min(barColumns, Math.max(0, Math.floor(barColumns * params.progress)));
  const bar = '█'.repeat(filled) + '░'.repeat(barColumns - filled);
  return [label, bar, `${done}/${total} ${unit}`, timing(params), liveValues(values)]
    .filter(Boolean)
    .join('  ');
}

function timing({ progress, eta, startTime, stopTime }: Params): string {
  if (progress >= 1) return `took ${duration(((stopTime ?? Date.now()) - startTime) / 1000)}`;
  // The library says "NULL" or an infinite wait before it has seen enough steps.
  return Number.isFinite(eta) && eta > 0 ? `${duration(eta)} left` : '';
}
