import { ModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../testing/fake-gateway.js';
import { followRun, type RunNews } from './follow-run.js';

const event = (sequence: number, body: object) => ({ runEvents: { sequence, body } });
const state = (sequence: number, to: string) =>
  event(sequence, { __typename: 'StateChange', to, reason: `It is ${to}.` });
const progress = (sequence: number, done: number, total = 4) =>
  event(sequence, { __typename: 'ProgressMade', done, total });
const metric = (sequence: number, step: number, value: number | null) =>
  event(sequence, { __typename: 'MetricPoint', step, values: [{ name: 'crossEntropy', value }] });

/** Follows a run that is over once all stretches were told. */
async function follow(stretches: readonly (readonly unknown[])[], end: object = {}, begin: object = {}) {
  const news: RunNews[] = [];
  let told = 0;
  const client = fakeGateway(
    () => ({
      run: {
        state: told < stretches.length ? 'running' : 'succeeded',
        reason: '',
        progress: { done: 0, total: 0, unit: 'step' },
        lastSequence: 0,
        ...begin,
        outcome: { accuracy: 0.5 },
        error: null,
        ...(told < stretches.length ? {} : end),
      },
    }),
    () => stretches[told++] ?? [],
  );
  const signal = new AbortController().signal;
  const finished = await followRun(client, 'a', (item) => news.push(item), signal);
  const afters = client.asked
    .filter(({ operation }) => operation === 'follow')
    .map(({ variables }) => variables['after']);
  return { news, finished, afters };
}

describe('a run that is followed', () => {
  it('tells how far it is, with the loss of its last step', async () => {
    const { news, finished } = await follow([
      [state(1, 'running'), metric(2, 1, 2.5), progress(3, 1), metric(4, 2, 1.5), state(5, 'succeeded')],
    ]);
    expect(news).toEqual([
      { kind: 'progress', done: 1, total: 4, unit: 'steps', values: { crossEntropy: 2.5 } },
      { kind: 'progress', done: 2, total: 4, unit: 'steps', values: { crossEntropy: 1.5 } },
    ]);
    expect(finished).toEqual({ state: 'succeeded', reason: '', error: null, accuracy: 0.5 });
  });

  it('goes on behind the last event when the connection breaks', async () => {
    const { news, afters } = await follow([
      [progress(7, 1), new Error('broken')],
      [progress(8, 2), new ModaError('EXPERIMENT_FAILED', 'The gateway is away.')],
      [progress(9, 4)],
    ]);
    expect(afters).toEqual([0, 7, 8]);
    expect(news.map((item) => item.kind === 'progress' && item.done)).toEqual([1, 2, 4]);
  });

  it('that is on its way already is told as it is now, not from its beginning', async () => {
    const begin = { progress: { done: 3, total: 4, unit: 'step' }, lastSequence: 70 };
    const { news, afters } = await follow([[progress(71, 4)]], {}, begin);
    expect(afters).toEqual([70]);
    expect(news.map((item) => item.kind === 'progress' && item.done)).toEqual([3, 4]);
  });

  it('passes on warnings and interruptions, and no loss that is not a number', async () => {
    const { news } = await follow([
      [
        event(1, { __typename: 'LogLine', level: 'warning', text: 'This is slow.' }),
        event(2, { __typename: 'LogLine', level: 'info', text: 'Training.' }),
        state(3, 'interrupted'),
        metric(4, 1, null),
        progress(5, 1),
      ],
    ]);
    expect(news).toEqual([
      { kind: 'warning', text: 'This is slow.' },
      { kind: 'note', text: 'It is interrupted.' },
      { kind: 'progress', done: 1, total: 4, unit: 'steps', values: {} },
    ]);
  });

  it('tells why it has failed', async () => {
    const error = { code: 'TRAINING_DIVERGED', message: 'The loss is not a number.' };
    const { finished } = await follow([[]], { state: 'failed', outcome: null, error });
    expect(finished).toMatchObject({ state: 'failed', accuracy: null, error });
  });

  it('is not followed by somebody who may not', async () => {
    const refused = new ModaError('FORBIDDEN', 'No.');
    await expect(follow([[refused]])).rejects.toBe(refused);
  });
});
