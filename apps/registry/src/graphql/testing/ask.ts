import { type AuditLog, localIdentity, type RequestContext } from '@moda/service-kit';
import { graphql } from 'graphql';
import type { Workbench } from '../../publish/testing/workbench.js';
import { buildRegistrySchema } from '../registry-schema.js';

export type Answer = Record<string, unknown>;

/** Asks the registry's schema around a workbench; throws what GraphQL itself complains about. */
export async function askingOf(
  bench: Workbench,
): Promise<(question: string, variables?: Record<string, unknown>) => Promise<Answer>> {
  const audit: AuditLog = {
    write: async () => {},
    entries: async () => ({ items: [], hasNext: false, totalEstimate: 0 }),
  };
  const schema = await buildRegistrySchema({ ...bench, audit });
  const contextValue: RequestContext = {
    traceId: 'ab'.repeat(16),
    identity: { ...localIdentity, user: 'ada' },
    user: 'ada',
    authorization: undefined,
  };
  return async (source, variableValues = {}) => {
    const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    // Plain objects, as they leave over the wire.
    return JSON.parse(JSON.stringify(data)) as Answer;
  };
}
