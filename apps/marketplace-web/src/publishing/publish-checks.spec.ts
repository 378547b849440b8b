import { describe, expect, it } from 'vitest';
import {
  type Check,
  mayPublish,
  publishChecks,
  type PublishChoice,
  type PublishFacts,
} from './publish-checks';

const choice: PublishChoice = { owner: 'ada', model: 'digits', version: '1.1.0', license: 'Apache-2.0' };
const facts: PublishFacts = {
  state: 'succeeded',
  dataset: 'digits',
  accuracy: 0.98,
  role: 'publisher',
  taken: ['1.0.0'],
};
const check = (
  name: Check['name'],
  changes: { readonly choice?: Partial<PublishChoice>; readonly facts?: Partial<PublishFacts> },
): Check | undefined =>
  publishChecks({ ...choice, ...changes.choice }, { ...facts, ...changes.facts }).find(
    (known) => known.name === name,
  );

describe('publishChecks', () => {
  it('lets a finished run with a free name and a license pass', () => {
    const checks = publishChecks(choice, facts);
    expect(mayPublish(checks)).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual([
      'Run',
      'Rights',
      'Name',
      'Version',
      'License',
      'Card',
      'Signature',
    ]);
  });

  it('refuses a run that is not done', () => {
    expect(check('Run', { facts: { state: 'running' } })?.words).toBe(
      'The run is running; it can be published once it has succeeded.',
    );
  });

  it.each([null, 'viewer', 'researcher'])('refuses somebody whose role is %s', (role) => {
    expect(check('Rights', { facts: { role } })?.outcome).toBe('failed');
  });

  it('waits for what is asked, and does not pass meanwhile', () => {
    expect(check('Rights', { facts: { role: undefined } })?.outcome).toBe('waits');
    expect(check('Version', { facts: { taken: undefined } })?.outcome).toBe('waits');
    expect(mayPublish(publishChecks(choice, { ...facts, taken: undefined }))).toBe(false);
  });

  it('names a free version where the wanted one is taken', () => {
    expect(check('Version', { choice: { version: '1.0.0' } })).toMatchObject({
      outcome: 'failed',
      words: '1.0.0 is taken and never changes; 1.1.0 is free.',
    });
  });

  it('insists on a license that is an SPDX expression', () => {
    expect(check('License', { choice: { license: '' } })?.outcome).toBe('failed');
    expect(check('License', { choice: { license: 'my own!' } })?.outcome).toBe('failed');
    expect(check('License', { choice: { license: 'MIT OR Apache-2.0' } })?.outcome).toBe('passed');
  });

  it('wants to know what the card will say', () => {
    expect(check('Card', { facts: { dataset: undefined } })?.outcome).toBe('failed');
  });
});
