import { describe, expect, it } from 'vitest';
import { progressView } from './progress-view.js';

function watch(isTTY: boolean, columns = 120) {
  let text = '';
  let time = 0;
  const view = progressView({ isTTY, columns, write: (part) => (text += part) }, () => time);
  return { view, text: () => text, wait: (seconds: number) => (time += 1000 * seconds) };
}

const step = (done: number, values: Record<string, number> = {}) => ({
  done,
  total: 10,
  unit: 'steps',
  values,
});

describe('progress in a log', () => {
  it('is a line at the start, one every five seconds with the time left, and one at the end', () => {
    const { view, text, wait } = watch(false);
    const task = view.task('Training');
    for (let done = 0; done <= 10; done += 1) {
      task.update(step(done));
      wait(2);
    }
    task.end(0.9845);
    expect(text().trimEnd().split('\n')).toEqual([
      'Training: 0/10 steps',
      'Training: 3/10 steps  14 s left',
      'Training: 6/10 steps  8 s left',
      'Training: 9/10 steps  2 s left',
      'Training: done, accuracy 98.45 %  took 22 s',
    ]);
  });

  it('counts the time left from where a resumed run went on', () => {
    const { view, text, wait } = watch(false);
    const task = view.task('Training');
    task.update(step(8));
    wait(6);
    task.update(step(9));
    expect(text()).toContain('9/10 steps  6 s left');
  });

  it('shows the loss terms, notes, and the same warning once', () => {
    const { view, text } = watch(false);
    view.task('Training').update(step(1, { crossEntropy: 1.20432, affinity: 0.083, accuracy: 0.972 }));
    view.note('a note');
    view.warn('slow');
    view.warn('slow');
    expect(text()).toBe(
      'Training: 1/10 steps  cross entropy 1.204  affinity 0.08300  accuracy 97.2 %\na note\nmoda: WARNING: slow\n',
    );
  });
});

describe('progress on a terminal', () => {
  it('is a line for each task, drawn over the last ones', () => {
    const { view, text, wait } = watch(true);
    const [one, two] = [view.task('one'), view.task('two')];
    one.update(step(1));
    wait(1);
    two.update(step(2));
    expect(text()).toBe('one: 1/10 steps\n\u001b[1A\u001b[Jone: 1/10 steps\ntwo: 2/10 steps\n');
  });

  it('is cut to the width of the terminal and stays below other text', () => {
    const { view, text } = watch(true, 9);
    view.task('Training').update(step(1));
    view.note('a note');
    expect(text()).toBe('Training\n\u001b[1A\u001b[Ja note\nTraining\n');
  });
});
