import { checkDecisions, fieldsOf, roles } from '@moda/service-kit';
import { roleMatrixOf } from '@moda/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { buildTrainingSchema } from '../graphql/training-schema.js';
import type { Training } from '../graphql/training.js';
import { decisions } from './decisions.js';

/** A house in which every door that is opened leads nowhere: what gets that far was let in. */
const nowhere = new Proxy({}, { get: () => () => Promise.reject(new Error('let in')) });
const training = new Proxy(
  {},
  { get: (_target, part) => (part === 'audit' ? { ...nowhere, write: async () => {} } : nowhere) },
) as Training;
const schema = await buildTrainingSchema(training);

/** The mutations that a role has before the ones above it. */
function mutationsOf(role: keyof typeof decisions): string[] {
  return (decisions[role]['Mutation'] ?? '').split(/\s+/).filter(Boolean).sort();
}

describe('the role matrix of the training service', () => {
  it('has a decision for every field', () => {
    expect(checkDecisions(schema, decisions).complaints).toEqual([]);
  });

  it('is kept by every field for everybody', async () => {
    const { checked, wrong } = await roleMatrixOf(schema, decisions);
    console.info(`${fieldsOf(schema).length} fields of the training service, ${checked} questions asked.`);
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(fieldsOf(schema).length * (roles.length + 2));
  });

  it('lets viewers change nothing but their tokens', () => {
    expect(mutationsOf('known')).toEqual([]);
    expect(mutationsOf('viewer')).toEqual(['createToken', 'revokeToken']);
  });

  it('lets only publishers bring models out', () => {
    expect(mutationsOf('publisher')).toEqual(['publishRun']);
  });

  it('tells people without a role who they are, and nothing more', () => {
    expect(decisions.known).toEqual({ Me: 'kind role user', Query: '_service me', _Service: 'sdl' });
  });
});
