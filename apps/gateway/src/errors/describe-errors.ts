import { isModaError } from '@moda/contracts';
import { currentTrace, type Logger } from '@moda/service-kit';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const unexpectedMessage =
  'Something failed here that should not; the log of the gateway says more under this trace id.';

/**
 * An error as callers see it, `extensions { code, details, traceId }` and `subgraph` where it is a service's. What nobody expected goes
 * to the log and is masked.
 */
export function describeError(error: unknown, logger: Logger): GraphQLFormattedError {
  const traceId = currentTrace()?.traceId;
  const { locations, path } = error instanceof GraphQLError ? error : {};
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const cause = causeOf(error);
  if (isModaError(cause)) {
    const { code, details, message } = cause;
    return { message, ...place, extensions: { code, details, traceId } };
  }
  if (error instanceof GraphQLError) {
    const { code, details = {}, subgraph } = { ...error.extensions, ...extensionsOf(cause) };
    if (typeof subgraph === 'string')
      return { message: wordsOf(error, cause), ...place, extensions: { code, details, subgraph, traceId } };
    const callersFault = cause === undefined || code === 'BAD_USER_INPUT';
    if (callersFault && code !== 'INTERNAL_SERVER_ERROR')
      return {
        message: error.message,
        ...place,
        extensions: { code: code ?? 'REQUEST_INVALID', details: {}, traceId },
      };
  }
  logger.error({ err: cause ?? error, path }, 'A question failed unexpectedly.');
  return { message: unexpectedMessage, ...place, extensions: { code: 'UNEXPECTED', details: {}, traceId } };
}

/** A service that is away fails once for every place of the answer: the first stands for all, and says how many there are. */
export function withoutRepetition(
  errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  const seen = new Map<string, GraphQLFormattedError[]>();
  for (const error of errors) {
    const { code, subgraph } = error.extensions ?? {};
    // Indices of lists are left out, and so is the field: a whole service is away.
    const alike =
      code === 'SUBGRAPH_UNAVAILABLE'
        ? JSON.stringify([code, subgraph, error.message])
        : JSON.stringify([code, subgraph, error.message, error.path?.filter((s) => typeof s === 'string')]);
    seen.set(alike, [...(seen.get(alike) ?? []), error]);
  }
  return [...seen.values()].map((same) => {
    const first = same[0]!;
    if (same.length === 1) return first;
    return { ...first, extensions: { ...first.extensions, occurrences: same.length } };
  });
}

/** What a resolver threw, undefined where GraphQL itself complains. */
function causeOf(error: unknown): unknown {
  let cause = error;
  for (;;) {
    // Several failures of one place: the first stands for all.
    if (cause instanceof AggregateError) cause = cause.errors[0];
    else if (cause instanceof GraphQLError && !('subgraph' in cause.extensions)) cause = cause.originalError;
    else return cause;
  }
}

function wordsOf(error: GraphQLError, cause: unknown): string {
  return cause instanceof GraphQLError ? cause.message : error.message;
}

function extensionsOf(error: unknown): Readonly<Record<string, unknown>> {
  return error instanceof GraphQLError ? error.extensions : {};
}
