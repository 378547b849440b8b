import { describe, expect, it } from 'vitest';
import { changedValues } from './changed-values';
import { confusionOf, rowShares } from './confusion';
import type { LogEntry } from './heard';
import { filterLines, mergeLines } from './log-filter';
import { secondsLeft } from './seconds-left';
import { specItems } from './spec-items';

describe('The time that is left', () => {
  const run = { state: 'running', since: '', startedAt: '2026-03-01T10:00:00Z', progressShare: 0.25 };
  const now = Date.parse('2026-03-01T10:01:00Z');

  it('is as long as the run took so far for the same share', () => {
    expect(secondsLeft(run, now)).toBe(180);
  });

  it.each([
    ['the time is not asked', run, undefined],
    ['the run waits', { ...run, state: 'queued' }, now],
    ['it has not begun', { ...run, startedAt: null }, now],
    ['hardly anything is done', { ...run, progressShare: 0.01 }, now],
  ])('is not told where %s', (_, own, time) => {
    expect(secondsLeft(own, time)).toBeUndefined();
  });
});

describe('A fork', () => {
  it('changes what is given and differs', () => {
    const spec = { epochs: 12, gamma: 0.3 };
    expect(changedValues(spec, { epochs: 20, gamma: 0.3, alpha: null })).toEqual({ epochs: 20 });
  });
});

describe('The confusion matrix', () => {
  const evaluation = {
    confusion: [
      [8, 2],
      [0, 0],
    ],
    perClass: [{ name: 'cat' }, {}],
  };

  it('is read out of a result, with the names of classes', () => {
    expect(confusionOf({ evaluation })).toEqual({ names: ['cat', '1'], counts: evaluation.confusion });
  });

  it.each([null, {}, { evaluation: {} }, { evaluation: { confusion: [[1, 2]] } }])(
    'is not there in %j',
    (result) => {
      expect(confusionOf(result)).toBeUndefined();
    },
  );

  it('tells shares of each true class, and none of a class without images', () => {
    expect(rowShares(evaluation.confusion)).toEqual([
      [0.8, 0.2],
      [null, null],
    ]);
  });
});

describe('The log', () => {
  const line = (sequence: number, level: LogEntry['level'], text: string): LogEntry => ({
    sequence,
    at: '',
    attempt: 1,
    level,
    text,
  });
  const lines = [line(1, 'info', 'It begins.'), line(4, 'warning', 'Slow.'), line(5, 'error', 'It broke.')];

  it.each([
    ['all', '', [1, 4, 5]],
    ['warning', '', [4, 5]],
    ['error', '', [5]],
    ['all', 'IT B', [1, 5]],
  ] as const)('shows lines of level %s with %j in them', (level, text, sequences) => {
    expect(filterLines(lines, { level, text }).map(({ sequence }) => sequence)).toEqual(sequences);
  });

  it('goes on with what was heard behind what was looked up', () => {
    const merged = mergeLines(lines.slice(0, 2), [
      line(4, 'warning', 'Slow.'),
      line(5, 'error', 'It broke.'),
    ]);
    expect(merged.map(({ sequence }) => sequence)).toEqual([1, 4, 5]);
  });
});

describe('Settings', () => {
  it('are told in the order of the schema, in words', () => {
    expect(
      specItems({ seed: 1, learningRate: 0.05, arch: 'vgg16', augment: false, classes: ['0', '1'] }),
    ).toEqual([
      { name: 'Network', value: 'vgg16' },
      { name: 'Learning rate', value: '0.05' },
      { name: 'Seed', value: '1' },
      { name: 'Classes', value: '0, 1' },
      { name: 'Augment', value: 'no' },
    ]);
  });
});
