import { describe, expect, it } from 'vitest';
import { runRow } from '../testing/run-rows';
import { parallelAxes } from './parallel-axes';

const axesOf = (...runs: Parameters<typeof runRow>[0][]) =>
  parallelAxes(runs.map(runRow)).map(({ label, values }) => [label, values]);

describe('The axes of parallel coordinates', () => {
  it('are the settings that differ, and behind them what each run came to', () => {
    const axes = axesOf(
      { spec: { seed: 1, arch: 'lenet5' }, outcome: { accuracy: 0.9, crossEntropy: 0.4, seconds: 5 } },
      { spec: { seed: 2, arch: 'compact' }, outcome: { accuracy: 0.8, crossEntropy: 0.6, seconds: 7 } },
    );
    expect(axes).toEqual([
      ['Network', ['lenet5', 'compact']],
      ['Seed', [1, 2]],
      ['Accuracy', [0.9, 0.8]],
      ['Cross-entropy', [0.4, 0.6]],
      ['Parameters', [1000, 1000]],
      ['Time', [5, 7]],
    ]);
  });

  it('have nothing for a run that has no such setting, or has not come to anything yet', () => {
    const axes = axesOf(
      { spec: { seed: 1, maxSteps: 40, shuffle: true }, outcome: { crossEntropy: null } },
      { spec: { seed: 2, maxSteps: null, shuffle: false }, outcome: null },
    );
    expect(axes.slice(0, 4)).toEqual([
      ['Seed', [1, 2]],
      ['Max steps', [40, null]],
      ['Shuffle', ['yes', 'no']],
      ['Accuracy', [0.9, null]],
    ]);
  });

  it('leave out an outcome that no run has', () => {
    const labels = axesOf(
      { spec: { seed: 1 }, outcome: { crossEntropy: null } },
      { spec: { seed: 2 }, outcome: { crossEntropy: null } },
    ).map(([label]) => label);
    expect(labels).toEqual(['Seed', 'Accuracy', 'Parameters', 'Time']);
  });

  it('tell a setting of the task from one of the training that has the same name', () => {
    const axes = axesOf(
      { spec: { classes: ['0', '1'] }, task: { kind: 'compose', classes: ['0'] } },
      { spec: { classes: ['0', '2'] }, task: { kind: 'compose', classes: ['2'] } },
    );
    expect(axes.slice(0, 2)).toEqual([
      ['Classes of the task', ['0', '2']],
      ['Classes', ['0, 1', '0, 2']],
    ]);
  });

  it('are none of one run, and of runs that differ in no setting', () => {
    expect(axesOf({})).toEqual([]);
    expect(axesOf({ outcome: { accuracy: 0.1 } }, { outcome: { accuracy: 0.2 } })).toEqual([]);
  });
});
