import { inTrace, type Logger, traceOf } from '@moda/service-kit';
import type { RequestHandler } from 'express';
import type { GatewayMetrics } from './metrics.js';

/** Gives every request its trace, tells the caller, counts the answer and writes one line when it has left. */
export function requestTrace(logger: Logger, metrics: GatewayMetrics): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(request.get('traceparent'));
    const startedAt = performance.now();
    const { method, path } = request;
    response.set('traceparent', trace.traceparent).set('x-content-type-options', 'nosniff');
    response.once('close', () => {
      const durationMs = performance.now() - startedAt;
      metrics.answered(method, path, response.statusCode, durationMs);
      inTrace(trace, () =>
        logger.debug(
          { method, path, status: response.statusCode, durationMs: Math.round(durationMs) },
          'request answered',
        ),
      );
    });
    inTrace(trace, next);
  };
}
