import { isModaError } from '@moda/contracts';
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../service/service.js';
import type { Identity } from '../identity.js';
import type { AuditEntry, AuditLog } from './audit-log.js';
import { toldArguments } from './told-arguments.js';

/** Notes every mutation with its outcome, those that are refused too: goes around the guard of the schema. Changes the schema and gives it back. */
export function auditMutations(schema: GraphQLSchema, audit: Pick<AuditLog, 'write'>): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const work = (field.resolve ?? defaultFieldResolver) as GraphQLFieldResolver<unknown, RequestContext>;
    const audited: GraphQLFieldResolver<unknown, RequestContext> = async (
      source,
      args: Readonly<Record<string, unknown>>,
      context,
      info,
    ) => {
      const note = (outcome: string) => audit.write(entryOf(context, field.name, args, outcome));
      try {
        const result: unknown = await work(source, args, context, info);
        await note(outcomeOf(result));
        return result;
      } catch (error) {
        await note(isModaError(error) ? error.code : 'UNEXPECTED');
        throw error;
      }
    };
    field.resolve = audited as typeof field.resolve;
  }
  return schema;
}

const nobody = { user: 'unknown', role: undefined, kind: 'unknown' } as const;

function entryOf(
  { identity, traceId }: RequestContext,
  mutation: string,
  args: Readonly<Record<string, unknown>>,
  outcome: string,
): Omit<AuditEntry, 'at'> {
  const known = identity as Identity | null | undefined;
  const who = known ? { user: known.user, role: known.role, kind: known.kind } : nobody;
  return { ...who, mutation, arguments: toldArguments(args), outcome, traceId };
}

/** The code of the problem where the answer, or the first of a list, is one. */
function outcomeOf(result: unknown): string {
  const problems = (Array.isArray(result) ? (result as unknown[]) : [result]).filter(isProblem);
  return problems[0]?.code ?? 'ok';
}

/** A member of the unions of results that has a code: nothing else in them has one. */
function isProblem(value: unknown): value is { readonly code: string; readonly message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    typeof value.code === 'string'
  );
}
