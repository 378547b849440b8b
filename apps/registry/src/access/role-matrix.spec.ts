import { checkDecisions, fieldsOf, roles } from '@moda/service-kit';
import { roleMatrixOf } from '@moda/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { buildRegistrySchema } from '../graphql/registry-schema.js';
import type { Registry } from '../graphql/registry.js';
import { decisions } from './decisions.js';

/** A house in which every door that is opened leads nowhere: what gets that far was let in. */
const nowhere = new Proxy({}, { get: () => () => Promise.reject(new Error('let in')) });
const registry = new Proxy(
  {},
  { get: (_target, part) => (part === 'audit' ? { ...nowhere, write: async () => {} } : nowhere) },
) as Registry;
const schema = await buildRegistrySchema(registry);

/** The mutations that a role has before the ones above it. */
function mutationsOf(role: keyof typeof decisions): string[] {
  return (decisions[role]['Mutation'] ?? '').split(/\s+/).filter(Boolean).sort();
}

describe('the role matrix of the registry', () => {
  it('has a decision for every field', () => {
    expect(checkDecisions(schema, decisions).complaints).toEqual([]);
  });

  it('is kept by every field for everybody', async () => {
    const { checked, wrong } = await roleMatrixOf(schema, decisions);
    console.info(`${fieldsOf(schema).length} fields of the registry, ${checked} questions asked.`);
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThanOrEqual(fieldsOf(schema).length * (roles.length + 2));
  });

  it('lets viewers change nothing that others see', () => {
    expect(mutationsOf('known')).toEqual([]);
    expect(mutationsOf('viewer')).toEqual(['compose', 'confirmDownload', 'replace']);
  });

  it('gives the addresses of uploads to publishers only', () => {
    expect(decisions.publisher['Upload']?.split(/\s+/)).toContain('url');
  });
});
