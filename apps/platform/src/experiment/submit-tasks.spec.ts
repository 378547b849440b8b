import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../testing/fake-gateway.js';
import { submitTasks } from './submit-tasks.js';

const trained = { modular: 'm', standard: 's' };
const plan = { tau: 0.9, tauSweep: [0.5, 0.9] };
const digest = 'd'.repeat(64);
const key = (part: string) => `first-experiment/${'d'.repeat(16)}/${part}`;
const submission = (created: boolean, id: string, state: string) => ({
  submitted: { __typename: 'Submission', created, run: { id, state } },
});

describe('what is made of the trained networks', () => {
  it('is two decompositions and a small sweep, each under a key of the plan', async () => {
    const client = fakeGateway((_operation, { name }) =>
      submission(true, `run of ${String(name)}`, 'queued'),
    );
    const tasks = await submitTasks(client, trained, plan, digest);
    expect(tasks.map(({ name, run }) => [name, run.id])).toEqual([
      ['modular-modules', 'run of modular-modules'],
      ['standard-modules', 'run of standard-modules'],
      ['modular-tau-sweep', 'run of modular-tau-sweep'],
    ]);
    expect(client.asked).toEqual([
      {
        operation: 'DecomposeTrained',
        variables: { id: 'm', tau: 0.9, name: 'modular-modules', key: key('modular-modules') },
      },
      {
        operation: 'DecomposeTrained',
        variables: { id: 's', tau: 0.9, name: 'standard-modules', key: key('standard-modules') },
      },
      {
        operation: 'SweepTrained',
        variables: {
          id: 'm',
          taus: [0.5, 0.9],
          perSize: 1,
          name: 'modular-tau-sweep',
          key: key('modular-tau-sweep'),
        },
      },
    ]);
  });

  it('is done again where an earlier start has left it failed, and left alone where it is done', async () => {
    const client = fakeGateway((operation, { name }) => {
      if (operation === 'ResumeRun') return submission(true, 'again', 'queued');
      return submission(false, 'a', name === 'modular-modules' ? 'failed' : 'succeeded');
    });
    const tasks = await submitTasks(client, trained, plan, digest);
    expect(tasks.map(({ run }) => run)).toEqual([
      { id: 'again', state: 'queued' },
      { id: 'a', state: 'succeeded' },
      { id: 'a', state: 'succeeded' },
    ]);
    expect(client.asked[1]).toEqual({
      operation: 'ResumeRun',
      variables: { id: 'a', key: `${key('modular-modules')}/after/a` },
    });
  });

  it('that is not taken says why', async () => {
    const client = fakeGateway(() => ({
      submitted: { __typename: 'Problem', code: 'MODEL_INVALID', message: 'It is gone; train it again.' },
    }));
    await expect(submitTasks(client, trained, plan, digest)).rejects.toMatchObject({
      code: 'EXPERIMENT_FAILED',
      message: 'The decomposition "modular-modules" was not taken: It is gone; train it again.',
    });
  });
});
