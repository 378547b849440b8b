import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../testing/fake-gateway.js';
import { publishModules } from './publish-modules.js';

const version = {
  reference: 'local/digits@1.0.0',
  digest: 'sha256:1',
  accuracy: 0.98,
  modules: [
    { className: '0', share: 0.1 },
    { className: '1', share: 0.1 },
  ],
  run: { id: 'a', name: 'modular', state: 'succeeded' },
};
const published = {
  __typename: 'Publication',
  created: true,
  digest: 'sha256:1',
  reference: version.reference,
};
const problem = (code: string) => ({ __typename: 'Problem', code, message: 'So it is.' });

const publish = (outcome: unknown, found: unknown = version) =>
  publishModules(
    fakeGateway((operation) =>
      operation === 'PublishModules' ? { publishRun: outcome } : { version: found },
    ),
    'a',
  );

describe('the modules of the experiment', () => {
  it('are published and found with their run', async () => {
    expect(await publish(published)).toEqual({
      reference: 'local/digits@1.0.0',
      created: true,
      accuracy: 0.98,
      classes: ['0', '1'],
      runId: 'a',
    });
  });

  it.each([
    ['the same', { ...published, created: false }],
    ['other ones', problem('VERSION_TAKEN')],
  ])('stay as they are where %s are there already', async (_what, outcome) => {
    expect(await publish(outcome)).toMatchObject({ created: false, reference: 'local/digits@1.0.0' });
  });

  it('that are refused say why', async () => {
    await expect(publish(problem('RATES_MISSING'))).rejects.toMatchObject({
      code: 'EXPERIMENT_FAILED',
      message: 'The modules were not published: So it is.',
    });
  });

  it('have to be found again', async () => {
    await expect(publish(published, null)).rejects.toMatchObject({ code: 'EXPERIMENT_FAILED' });
  });
});
