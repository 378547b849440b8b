import type { ProgressEvent } from '@moda/experiments';
import type { Output } from '../surroundings.js';
import { createBars } from './bars.js';
import { createLines } from './lines.js';

export type TaskEvent = Extract<ProgressEvent, { type: 'task' }>;

/** Shows how far one task after the other is. */
export interface TaskView {
  update(task: TaskEvent): void;
  /** Takes what is on the screen to an end, so that other text can follow. */
  end(): void;
}

/** Shows the news of a command on standard error. */
export interface Reporter {
  report(event: ProgressEvent): void;
  end(): void;
}

/** Bars on a terminal, plain lines anywhere else. */
export function createReporter(stderr: Output, now: () => number): Reporter {
  const view = stderr.isTTY === true ? createBars(stderr) : createLines(stderr, now);
  const said = new Set<string>();
  const say = (text: string): void => {
    view.end();
    stderr.write(`${text}\n`);
  };
  return {
    report: (event) => {
      if (event.type === 'task') view.update(event);
      else if (event.type === 'note') say(event.message);
      else if (!said.has(event.message)) {
        // A warning is loud once; the same words a second time would only hide the rest.
        said.add(event.message);
        say(`moda: WARNING: ${event.message}`);
      }
    },
    end: () => view.end(),
  };
}
