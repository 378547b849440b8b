import { describe, expect, it } from 'vitest';
import { duration, liveValues } from './live-values.js';
import { createReporter, type Reporter } from './reporter.js';

interface Watched {
  readonly reporter: Reporter;
  readonly text: () => string;
  readonly wait: (seconds: number) => void;
}

function watch(isTTY: boolean): Watched {
  let text = '';
  let time = 0;
  const stderr = { isTTY, columns: 120, write: (part: string) => (text += part) };
  const reporter = createReporter(stderr, () => time);
  return { reporter, text: () => text, wait: (seconds) => (time += 1000 * seconds) };
}

const step = (done: number, label = 'Training') =>
  ({ type: 'task', label, done, total: 10, unit: 'steps' }) as const;

describe('progress in a log', () => {
  it('is a line at the start, one every five seconds with the time left, and one at the end', () => {
    const { reporter, text, wait } = watch(false);
    for (let done = 0; done <= 10; done++) {
      reporter.report(step(done));
      wait(2);
    }
    reporter.end();
    expect(text().trimEnd().split('\n')).toEqual([
      'Training: 0/10 steps',
      'Training: 3/10 steps  14 s left',
      'Training: 6/10 steps  8 s left',
      'Training: 9/10 steps  2 s left',
      'Training: 10/10 steps  took 20 s',
    ]);
  });

  it('counts the time left from where a resumed run went on', () => {
    const { reporter, text, wait } = watch(false);
    reporter.report(step(8));
    wait(6);
    reporter.report(step(9));
    expect(text()).toContain('9/10 steps  6 s left');
  });

  it('begins anew with a new label', () => {
    const { reporter, text } = watch(false);
    reporter.report(step(1, 'first'));
    reporter.report(step(1, 'second'));
    expect(text()).toBe('first: 1/10 steps\nsecond: 1/10 steps\n');
  });

  it('shows the loss terms', () => {
    const { reporter, text } = watch(false);
    reporter.report({ ...step(1), values: { crossEntropy: 1.20432, affinity: 0.083, accuracy: 0.972 } });
    expect(text()).toContain('cross entropy 1.204  affinity 0.08300  accuracy 97.2 %');
  });

  it('gives notes a line each and the same warning only one', () => {
    const { reporter, text } = watch(false);
    reporter.report({ type: 'note', message: 'a note' });
    reporter.report({ type: 'warning', message: 'slow' });
    reporter.report({ type: 'warning', message: 'slow' });
    expect(text()).toBe('a note\nmoda: WARNING: slow\n');
  });
});

describe('progress on a terminal', () => {
  it('is one bar that ends with its own line', () => {
    const { reporter, text } = watch(true);
    reporter.report({ ...step(0), values: { crossEntropy: 2.3 } });
    reporter.report(step(10));
    reporter.end();
    expect(text()).toContain('░░░░░░░░░░░░░░░░░░░░░░░░  0/10 steps  cross entropy 2.300');
    expect(text()).toContain('████████████████████████  10/10 steps  took 0 s');
    expect(text().split('\n')).toHaveLength(2);
  });

  it('leaves the bar behind before other text', () => {
    const { reporter, text } = watch(true);
    reporter.report(step(5));
    reporter.report({ type: 'note', message: 'a note' });
    expect(text()).toMatch(/5\/10 steps[^\n]*\na note\n$/);
  });

  it('starts a second bar for a second task', () => {
    const { reporter, text } = watch(true);
    reporter.report(step(5, 'first'));
    reporter.report(step(1, 'second'));
    reporter.end();
    expect(
      text()
        .split('\n')
        .map((line) => /first|second/.exec(line)?.[0]),
    ).toEqual(['first', 'second', undefined]);
  });
});

describe('figures beside a bar', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [185, '3 min 05 s'],
    [7800, '2 h 10 min'],
  ])('%d seconds read %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('are absent where there are none', () => expect(liveValues()).toBe(''));
});
