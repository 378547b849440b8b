import { describe, expect, it } from 'vitest';
import type { JournalBody } from './journal-body.js';
import { type ReportOptions, TrainingReport } from './training-report.js';

/** 2 steps an epoch. */
function report(given: Partial<ReportOptions> = {}) {
  const said: (JournalBody | string)[] = [];
  const training = new TrainingReport({
    epochs: 3,
    checkpointEvery: 1,
    append: (...bodies) => said.push(...bodies),
    log: (level, text) => said.push(`${level}: ${text}`),
    keep: (epoch) => said.push(`keep ${epoch}`),
    sync: () => said.push('sync'),
    now: () => 0,
    ...given,
  });
  const task = (done: number, values: Readonly<Record<string, number>>): void =>
    training.onProgress({ type: 'task', label: 'Training', done, total: 6, unit: 'steps', values });
  return {
    training,
    said: () => said.filter((each) => typeof each === 'string' || each.kind !== 'progress'),
    step: (done: number) => task(done, { crossEntropy: 1 / done }),
    epoch: (done: number) => task(done, { crossEntropy: 9, accuracy: 0.5 }),
  };
}
const point = (step: number) => ({ kind: 'metric', step, values: { crossEntropy: 1 / step } });
const lastPoint = (step: number, epoch: number) => ({
  kind: 'metric',
  step,
  epoch,
  values: { crossEntropy: 1 / step, accuracy: 0.5 },
});

describe('the report of a training', () => {
  it('has one point a step, with the accuracy in the last one of an epoch, on the disk before its checkpoint', () => {
    const { epoch, said, step } = report();
    step(1);
    step(2);
    expect(said()).toEqual([point(1)]);
    epoch(2);
    expect(said()).toEqual([point(1), lastPoint(2, 1), 'sync']);
  });

  it('keeps a checkpoint and announces it when it is there: with the next step', () => {
    const { epoch, said, step } = report();
    for (const done of [1, 2]) step(done);
    epoch(2);
    step(3);
    expect(said().slice(-3)).toEqual(['keep 1', { kind: 'checkpoint', epoch: 1, step: 2 }, point(3)]);
  });

  it('announces a checkpoint of which a killed worker had no time to tell', () => {
    const { said, step } = report({ untold: 2 });
    step(5);
    expect(said()).toEqual(['keep 2', { kind: 'checkpoint', epoch: 2, step: 4 }, point(5)]);
  });

  it('announces none but those that are written', () => {
    const { epoch, said, step } = report({ checkpointEvery: 2 });
    for (const done of [1, 2]) step(done);
    epoch(2);
    for (const done of [3, 4]) step(done);
    epoch(4);
    step(5);
    step(6);
    epoch(6);
    expect(said().filter((each) => typeof each === 'string' && each !== 'sync')).toEqual(['keep 2']);
  });

  it('tells where it was stopped, and keeps that checkpoint only at the end of an epoch', () => {
    const within = report();
    within.step(1);
    within.training.stopped(0);
    expect(within.said().slice(1)).toEqual([{ kind: 'checkpoint', epoch: 0, step: 1 }]);
    const behind = report();
    behind.step(1);
    behind.step(2);
    behind.epoch(2);
    behind.training.stopped(1);
    expect(behind.said().slice(-2)).toEqual(['keep 1', { kind: 'checkpoint', epoch: 1, step: 2 }]);
  });

  it('has all that is measured once an epoch in the point of its last step, with the losses of that step', () => {
    const { said, step, training } = report();
    step(1);
    step(2);
    const values = { crossEntropy: 9, accuracy: 0.5, moduleShare: 0.4, moduleOverlap: 0.3 };
    training.onProgress({ type: 'task', label: 'Training', done: 2, total: 6, unit: 'steps', values });
    expect(said()[1]).toEqual({
      kind: 'metric',
      step: 2,
      epoch: 1,
      values: { ...values, crossEntropy: 1 / 2 },
    });
  });

  it('has what the training wants to be known as lines of its log', () => {
    const { said, training } = report();
    training.onProgress({ type: 'warning', message: 'The checkpoint is not whole.' });
    expect(said()).toEqual(['warning: The checkpoint is not whole.']);
  });
});
