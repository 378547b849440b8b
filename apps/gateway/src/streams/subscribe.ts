import { ModaError } from '@moda/contracts';
import { inTrace, traceOf } from '@moda/service-kit';
import {
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  subscribe,
  validate,
} from 'graphql';
import { type AdmissionRules, admitQuestion } from '../questions/admit.js';
import type { Caller } from '../subgraphs/caller.js';
import type { OpenStreams } from './open-streams.js';

export interface SubscriptionParts {
  readonly schema: GraphQLSchema;
  readonly rules: AdmissionRules;
  readonly open: OpenStreams;
}

export type Subscribed =
  | { readonly kind: 'open'; readonly results: AsyncGenerator<ExecutionResult, undefined> }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

export type PreparedSubscription =
  | { readonly kind: 'prepared'; readonly args: ExecutionArgs & { readonly contextValue: Caller } }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] };

/** Holds a subscription to the limits of every other question; nothing else is asked on its connection. */
export function prepareSubscription(
  asked: unknown,
  contextValue: Caller,
  { schema, rules }: SubscriptionParts,
): PreparedSubscription {
  try {
    const { document, operationName, variables } = admitQuestion(asked, rules);
    const errors = validate(schema, document);
    if (errors.length > 0) return { kind: 'refused', errors };
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION)
      throw new ModaError(
        'REQUEST_INVALID',
        'Only subscriptions are answered here; send queries and mutations by POST to /graphql.',
      );
    return {
      kind: 'prepared',
      args: { schema, document, operationName, contextValue, variableValues: { ...variables } },
    };
  } catch (error) {
    return { kind: 'refused', errors: [asGraphqlError(error)] };
  }
}

/** Opens a subscription; everything that is done for it has the trace of its caller. */
export async function openSubscription(
  args: ExecutionArgs & { readonly contextValue: Caller },
  open: OpenStreams,
): Promise<Subscribed> {
  const trace = traceOf(args.contextValue.traceparent);
  const results = await inTrace(trace, () => subscribe(args));
  if (Symbol.asyncIterator in results) return { kind: 'open', results: open.follow(results, trace) };
  return { kind: 'refused', errors: results.errors ?? [] };
}

export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
