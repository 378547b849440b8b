import type { RequestHandler } from 'express';
import type { Logger } from '../log/logger.js';
import { inTrace, traceOf } from '../trace/trace.js';

/** Gives every request its trace, tells the caller, and writes one line when the answer has left. */
export function tracing(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const trace = traceOf(request.get('traceparent'));
    const startedAt = performance.now();
    response.set('traceparent', trace.traceparent);
    response.once('close', () => {
      const { method, path } = request;
      const durationMs = Math.round(performance.now() - startedAt);
      // The query is left out: signatures of addresses are in it.
      inTrace(trace, () =>
        logger.debug({ method, path, status: response.statusCode, durationMs }, 'request answered'),
      );
    });
    inTrace(trace, next);
  };
}
