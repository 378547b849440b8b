import { parseTrainSpec } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../testing/fake-gateway.js';
import { submitTraining } from './submit-training.js';

const training = {
  name: 'modular',
  spec: parseTrainSpec({ arch: 'lenet5', dataset: 'digits', method: 'moda' }),
} as const;
const digest = 'd'.repeat(64);
const key = `first-experiment/${'d'.repeat(16)}/modular`;

const submission = (created: boolean, id: string, state: string) => ({
  __typename: 'Submission',
  created,
  run: { id, state },
});

describe('a training of the experiment', () => {
  it('is submitted under a key of its plan and its name', async () => {
    const client = fakeGateway(() => ({ submitted: submission(true, 'a', 'queued') }));
    expect(await submitTraining(client, training, digest)).toEqual({ id: 'a', state: 'queued' });
    expect(client.asked).toMatchObject([
      {
        operation: 'SubmitTraining',
        variables: { input: { experiment: 'first-experiment', name: 'modular', idempotencyKey: key } },
      },
    ]);
  });

  it.each(['succeeded', 'running', 'queued'])(
    'that an earlier start has left %s is that one',
    async (state) => {
      const client = fakeGateway(() => ({ submitted: submission(false, 'a', state) }));
      expect(await submitTraining(client, training, digest)).toEqual({ id: 'a', state });
      expect(client.asked).toHaveLength(1);
    },
  );

  it('that was cancelled goes on from its checkpoint, also where that one has failed too', async () => {
    const client = fakeGateway((operation, { id }) => {
      if (operation === 'SubmitTraining') return { submitted: submission(false, 'a', 'cancelled') };
      if (id === 'a') return { submitted: submission(false, 'b', 'failed') };
      return { submitted: submission(true, 'c', 'queued') };
    });
    expect(await submitTraining(client, training, digest)).toEqual({ id: 'c', state: 'queued' });
    expect(client.asked.slice(1)).toEqual([
      { operation: 'ResumeRun', variables: { id: 'a', key: `${key}/after/a` } },
      { operation: 'ResumeRun', variables: { id: 'b', key: `${key}/after/b` } },
    ]);
  });

  it('that is not taken says why', async () => {
    const client = fakeGateway(() => ({
      submitted: { __typename: 'Problem', code: 'SPEC_INVALID', message: 'epochs is -1; give more.' },
    }));
    await expect(submitTraining(client, training, digest)).rejects.toMatchObject({
      code: 'EXPERIMENT_FAILED',
      message: 'The training "modular" was not taken: epochs is -1; give more.',
    });
  });
});
