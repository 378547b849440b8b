import type { Output } from '../surroundings.js';
import { duration, liveValues } from './live-values.js';
import type { TaskEvent, TaskView } from './reporter.js';

const intervalMs = 5000;

/** A line at the start of a task, one every five seconds, and one at its end: readable in a log. */
export function createLines(stderr: Output, now: () => number): TaskView {
  let current:
    { label: string; startedAt: number; startedDone: number; shownAt: number; ended: boolean } | undefined;
  return {
    update: (task) => {
      const time = now();
      if (current?.label !== task.label || (current.ended && task.done < task.total)) {
        current = {
          label: task.label,
          startedAt: time,
          startedDone: task.done,
          shownAt: -Infinity,
          ended: false,
        };
      }
      const complete = task.done >= task.total;
      if (complete ? current.ended : time - current.shownAt < intervalMs) return;
      current.shownAt = time;
      current.ended = complete;
      const elapsed = (time - current.startedAt) / 1000;
      stderr.write(`${progressLine(task, elapsed, task.done - current.startedDone)}\n`);
    },
    end: () => undefined,
  };
}

function progressLine(task: TaskEvent, elapsedSeconds: number, doneHere: number): string {
  const left = doneHere > 0 ? (elapsedSeconds / doneHere) * (task.total - task.done) : undefined;
  const wait =
    task.done >= task.total
      ? `took ${duration(elapsedSeconds)}`
      : left === undefined
        ? ''
        : `${duration(left)} left`;
  return [`${task.label}: ${task.done}/${task.total} ${task.unit}`, wait, liveValues(task.values)]
    .filter(Boolean)
    .join('  ');
}
