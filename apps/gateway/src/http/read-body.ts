import { type ErrorCode, isModaError, ModaError } from '@moda/contracts';
import type { Logger } from '@moda/service-kit';
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { describeError } from '../errors/describe-errors.js';

/**
 * Reads a question out of a request: POST of JSON and nothing else. A form of a foreign site can send neither, and what was not sent as
 * JSON is not read as a question.
 */
export function readBody(maxBodyBytes: number): RequestHandler {
  const router = Router();
  router.use((request, response, next) => {
    if (request.method !== 'POST') {
      response.set('allow', 'POST').status(405);
      next(new ModaError('REQUEST_INVALID', 'Questions are sent by POST, as one JSON document.'));
    } else if (request.is('application/json') === false) {
      response.status(415);
      next(
        new ModaError('REQUEST_INVALID', 'A question is JSON; send it with content-type application/json.'),
      );
    } else next();
  });
  router.use(express.json({ limit: maxBodyBytes, strict: true }));
  return router;
}

/** What could not be read or admitted gets its answer in the form of GraphQL. */
export function refusals(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const described = describeError(asReadingProblem(error), logger);
    const status = response.statusCode >= 400 ? response.statusCode : statusOf(error);
    response.status(status).json({ errors: [described] });
  };
}

/** The status of HTTP for what kept a question from being answered. */
export function statusOf(error: unknown): number {
  if (isModaError(error)) return accessStatuses[error.code] ?? 400;
  const { status } = Object(error) as { status?: unknown };
  if (typeof status === 'number') return status;
  return error instanceof Error && error.name === 'GraphQLError' ? 400 : 500;
}

const accessStatuses: Partial<Record<ErrorCode, number>> = {
  ACCESS_UNAVAILABLE: 503,
  TOKEN_EXPIRED: 401,
  TOKEN_REVOKED: 401,
  UNAUTHENTICATED: 401,
};

/** What the reader of bodies throws has the status that HTTP has for it. */
function asReadingProblem(error: unknown): unknown {
  const { status, type } = Object(error) as { status?: unknown; type?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return error;
  return type === 'entity.too.large'
    ? new ModaError(
        'REQUEST_TOO_LARGE',
        'The question is longer than the gateway reads; send less at a time.',
      )
    : new ModaError(
        'REQUEST_INVALID',
        'The question cannot be read; send one well-formed JSON document in UTF-8.',
      );
}
