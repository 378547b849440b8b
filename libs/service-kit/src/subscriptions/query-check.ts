import { ModaError } from '@moda/contracts';
import {
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { defaultQueryLimits, limitAliases, limitDepth, type QueryLimits } from '../graphql/limits.js';
import type { RequestContext } from '../service/service.js';

/** What a client sends to subscribe. */
export interface SubscriptionRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

export type SubscriptionCheck = (
  request: SubscriptionRequest,
  context: RequestContext,
) =>
  | { readonly kind: 'accepted'; readonly args: ExecutionArgs }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** Holds subscriptions to the limits of every other question; nothing else is asked on their connections. */
export function checkSubscriptions(schema: GraphQLSchema, limits: Partial<QueryLimits>): SubscriptionCheck {
  const { depth, aliases, tokens } = { ...defaultQueryLimits, ...limits };
  const rules = [...specifiedRules, limitDepth(depth), limitAliases(aliases)];
  return (request, contextValue) => {
    const { query, operationName, variables } = request;
    try {
      if (typeof query !== 'string')
        throw refusal('A subscription is JSON with its question in the field "query"; send that.');
      const document = parse(query, { maxTokens: tokens });
      const errors = validate(schema, document, rules);
      if (errors.length > 0) return { kind: 'refused', errors };
      const name = typeof operationName === 'string' ? operationName : undefined;
      if (getOperationAST(document, name)?.operation !== OperationTypeNode.SUBSCRIPTION)
        throw refusal(
          'Only subscriptions are answered here; send queries and mutations by POST to /graphql.',
        );
      const args = { schema, document, contextValue, operationName: name };
      return { kind: 'accepted', args: isRecord(variables) ? { ...args, variableValues: variables } : args };
    } catch (error) {
      if (error instanceof GraphQLError) return { kind: 'refused', errors: [error] };
      throw error;
    }
  };
}

function refusal(message: string): GraphQLError {
  return new GraphQLError(message, { originalError: new ModaError('REQUEST_INVALID', message) });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
