import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { describeError } from '../graphql/describe-error.js';
import type { Logger } from '../log/logger.js';

/** A result as it leaves the house: expected errors in their words, the others masked. */
export function describeResult(
  { errors, ...rest }: ExecutionResult,
  logger: Logger,
): FormattedExecutionResult {
  return errors === undefined ? rest : { ...rest, errors: describeErrors(errors, logger) };
}

export function describeErrors(errors: readonly GraphQLError[], logger: Logger): GraphQLFormattedError[] {
  return errors.map((error) => describeError(error.toJSON(), error, logger));
}
