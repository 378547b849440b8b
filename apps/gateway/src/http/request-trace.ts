import { inTrace, type Logger, type Trace, traceOf } from '@moda/service-kit';
import type { RequestHandler } from 'express';
import type { GatewayMetrics } from './metrics.js';

/** Counts an answer and writes one line of it. */
export type OnAnswer = (
  trace: Trace,
  answer: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly durationMs: number;
  },
) => void;

export function tellOfAnswers(logger: Logger, metrics: GatewayMetrics): OnAnswer {
  return ({ traceId }, { method, path, status, durationMs }) => {
    metrics.answered(method, path, status, durationMs);
    logger.debug({ traceId, method, path, status, durationMs: Math.round(durationMs) }, 'request answered');
  };
}

/** Gives every request its trace, and tells the caller. */
export function requestTrace(onAnswer: OnAnswer): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(request.get('traceparent'));
    const startedAt = performance.now();
    const { method, path } = request;
    response.set('traceparent', trace.traceparent).set('x-content-type-options', 'nosniff');
    response.once('close', () => {
      onAnswer(trace, {
        method,
        path,
        status: response.statusCode,
        durationMs: performance.now() - startedAt,
      });
    });
    inTrace(trace, next);
  };
}
