import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRunTask } from './parse-run-task.js';

const whole = {
  train: { kind: 'train' },
  decompose: { kind: 'decompose', run: 'a1', tau: 0.5 },
  compose: { kind: 'compose', run: 'a1', classes: ['0', 'ship'], tau: 1 },
  replace: {
    kind: 'replace',
    weak: 'a1',
    strong: 'b2',
    class: '3',
    strongClass: 'three',
    strategy: 'cnnsplitter',
    tau: 0,
  },
  sweepTau: { kind: 'sweepTau', run: 'a1', taus: [0, 0.5, 1], subtasksPerSize: 2 },
};

describe('a task', () => {
  it.each(Object.entries(whole))('to %s is kept as it was given, and survives JSON', (_kind, task) => {
    expect(parseRunTask(task)).toStrictEqual(task);
    expect(parseRunTask(JSON.parse(JSON.stringify(parseRunTask(task))))).toStrictEqual(task);
  });

  it('has the threshold of the paper and the strategy of its own where it says nothing', () => {
    expect(parseRunTask({ kind: 'decompose', run: 'a1' })).toEqual({ ...whole.decompose, tau: 0.9 });
    const { kind, weak, strong } = whole.replace;
    expect(parseRunTask({ kind, weak, strong, class: '3', strongClass: undefined })).toStrictEqual({
      kind,
      weak,
      strong,
      class: '3',
      strategy: 'moda',
      tau: 0.9,
    });
    expect(parseRunTask({ kind: 'sweepTau', run: 'a1' })).toEqual({
      kind: 'sweepTau',
      run: 'a1',
      taus: [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95],
      subtasksPerSize: 3,
    });
  });
});

describe('a wrong task is refused with the field and the way on', () => {
  it.each<[string, unknown, string, string]>([
    [
      'a threshold above 1',
      { ...whole.decompose, tau: 1.5 },
      'tau',
      'tau has to be a number from 0 to 1, not 1.5.',
    ],
    ['a threshold that is no number', { ...whole.decompose, tau: Number.NaN }, 'tau', 'a number from 0 to 1'],
    ['no run', { kind: 'decompose' }, 'run', 'run is missing; give it the id of a run.'],
    ['a path for a run', { ...whole.decompose, run: '../a' }, 'run', 'run is no id of a run'],
    ['no class', { ...whole.compose, classes: [] }, 'classes', 'a list of 1 to'],
    [
      'a number for a class',
      { ...whole.compose, classes: [3] },
      'classes.0',
      'a text with the number or name',
    ],
    ['an unknown strategy', { ...whole.replace, strategy: 'mod' }, 'strategy', 'perhaps moda is meant'],
    ['a field that is none', { ...whole.compose, class: '3' }, 'class', 'perhaps classes is meant'],
    [
      'no threshold',
      { ...whole.sweepTau, taus: [] },
      'taus',
      'a list of 1 to 40 different numbers from 0 to 1',
    ],
    [
      'a threshold of a sweep above 1',
      { ...whole.sweepTau, taus: [0.5, 7] },
      'taus.1',
      'a number from 0 to 1',
    ],
    ['a threshold twice', { ...whole.sweepTau, taus: [0.5, 0.5] }, 'taus', 'different numbers'],
    ['no sub-task', { ...whole.sweepTau, subtasksPerSize: 0 }, 'subtasksPerSize', 'a whole number from 1'],
    ['a misspelt kind', { kind: 'decompos' }, 'kind', 'perhaps decompose is meant'],
    ['no kind', {}, 'kind', 'give one of train, decompose, compose, replace, sweepTau'],
    ['nothing', null, 'kind', 'give one of'],
  ])('%s', (_what, task, path, words) => {
    expect(() => parseRunTask(task)).toThrow(
      expect.objectContaining({
        code: 'SPEC_INVALID',
        message: expect.stringContaining(words) as string,
        details: expect.objectContaining({ path }) as object,
      }),
    );
  });

  it('whatever is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => parseRunTask({ kind: 'compose', run: value, classes: value })).toThrow(
          expect.objectContaining({ code: 'SPEC_INVALID' }),
        );
        expect(() => parseRunTask(value)).toThrow(expect.objectContaining({ code: 'SPEC_INVALID' }));
      }),
    );
  });
});
