import { isModaError } from '@moda/contracts';
import type { Logger } from '../log/logger.js';
import { currentTrace } from '../trace/trace.js';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';

/** What a caller learns of a failure that nobody expected; the trace id leads to the rest. */
export const unexpectedMessage =
  'Something failed here that should not; the log of the service says more under this trace id.';

/**
 * An error as GraphQL answers it, `extensions { code, details, traceId }`. A ModaError and a mistake in the question keep their words,
 * everything else goes to the log and is masked.
 */
export function describeError(
  formatted: GraphQLFormattedError,
  error: unknown,
  logger: Logger,
): GraphQLFormattedError {
  const traceId = currentTrace()?.traceId;
  const { message, locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const cause = causeOf(error);
  if (isModaError(cause)) {
    const { code, details } = cause;
    return { message: cause.message, ...place, extensions: { code, details, traceId } };
  }
  if (cause === undefined) {
    const code = formatted.extensions?.['code'] ?? 'REQUEST_INVALID';
    if (code !== 'INTERNAL_SERVER_ERROR')
      return { message, ...place, extensions: { code, details: {}, traceId } };
  }
  logger.error({ err: cause ?? error, path }, 'A resolver failed unexpectedly.');
  return { message: unexpectedMessage, ...place, extensions: { code: 'UNEXPECTED', details: {}, traceId } };
}

/** What a resolver threw, undefined where GraphQL itself complains. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError) cause = cause.originalError;
  return cause;
}
