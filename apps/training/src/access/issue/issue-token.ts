import { type AuditLog, isRole, localIdentity } from '@moda/service-kit';
import { z } from 'zod';
import { isProblem, type Problem } from '../../problem/problem.js';
import type { Created, TokenOrders } from '../tokens/token-orders.js';

/** A token that is asked for on the machine of the service. */
export const issueForm = z.object({
  user: z.string(),
  role: z.string().refine(isRole),
  name: z.string(),
  days: z.number().optional(),
});

export type IssueTask = z.output<typeof issueForm>;

export interface IssueParts {
  readonly tokens: TokenOrders;
  readonly audit: Pick<AuditLog, 'write'>;
}

/** Makes a token for whoever can read the data of the service anyway: this is how a fresh installation gets its first administrator. */
export async function issueToken(
  { tokens, audit }: IssueParts,
  { user, role, name, days }: IssueTask,
): Promise<Created | Problem> {
  const created = await tokens.create(localIdentity, {
    user,
    role,
    name,
    ...(days !== undefined && { expiresInDays: days }),
  });
  await audit.write({
    user: localIdentity.user,
    role: localIdentity.role,
    kind: localIdentity.kind,
    mutation: 'moda-training token',
    arguments: { user, role, name, days: days ?? null },
    outcome: isProblem(created) ? created.code : 'ok',
    traceId: '',
  });
  return created;
}
