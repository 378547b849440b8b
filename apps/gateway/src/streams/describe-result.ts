import type { Logger } from '@moda/service-kit';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { describeError, withoutRepetition } from '../errors/describe-errors.js';

/** A result as it leaves the gateway: known errors in their words, the others masked. */
export function describeResult(
  { errors, ...rest }: ExecutionResult,
  logger: Logger,
): FormattedExecutionResult {
  return errors === undefined ? rest : { ...rest, errors: describeErrors(errors, logger) };
}

export function describeErrors(errors: readonly Error[], logger: Logger): readonly GraphQLFormattedError[] {
  return withoutRepetition(errors.map((error) => describeError(error, logger)));
}
