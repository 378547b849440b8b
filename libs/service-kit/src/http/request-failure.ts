import { isModaError } from '@moda/contracts';
import { accessStatus } from '../access/failure-status.js';
import { unexpectedMessage } from '../graphql/describe-error.js';
import type { Logger } from '../log/logger.js';
import type { ProblemFacts } from './problem-body.js';

export interface RequestFailure extends ProblemFacts {
  readonly status: number;
}

/** What the readers of paths and bodies throw: an Error with the status that HTTP has for it. */
interface ReadingError extends Error {
  readonly type?: string;
  readonly status: number;
}

/** Says in words what ended a request; what nobody expected goes to the log in full and to the caller masked. */
export function requestFailure(error: unknown, logger: Logger): RequestFailure {
  if (isModaError(error)) return { status: accessStatus(error.code) ?? 400, ...factsOf(error) };
  if (isReadingError(error)) {
    return error.type === 'entity.too.large'
      ? {
          status: 413,
          code: 'REQUEST_TOO_LARGE',
          message: 'The body of the request is longer than this service reads; send less at a time.',
        }
      : {
          status: error.status,
          code: 'REQUEST_INVALID',
          message: `The request cannot be read; send a well-formed address and, where a body is due, one JSON document in UTF-8.`,
        };
  }
  logger.error({ err: error }, 'A request failed unexpectedly.');
  return { status: 500, code: 'UNEXPECTED', message: unexpectedMessage };
}

function factsOf({ code, message, details }: ProblemFacts): ProblemFacts {
  return { code, message, details };
}

function isReadingError(error: unknown): error is ReadingError {
  if (!(error instanceof Error) || !('status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500;
}
