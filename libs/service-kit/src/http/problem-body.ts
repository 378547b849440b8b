import type { Response } from 'express';
import { currentTrace } from '../trace/trace.js';

/** A failure that a caller can act on, in the form that every service answers with. */
export interface ProblemFacts {
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence for people. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Answers a request outside of GraphQL: `{ error: { code, message, details, traceId } }`. */
export function sendProblem(
  response: Response,
  status: number,
  { code, message, details }: ProblemFacts,
): void {
  const traceId = currentTrace()?.traceId;
  if (status === 401) response.set('www-authenticate', 'Bearer');
  response
    .status(status)
    .set('cache-control', 'no-store')
    .json({ error: { code, message, details: details ?? {}, traceId } });
}
