import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Memory, CPU and the event loop of this process, under the name of its service. */
export function createMetrics(service: string): Registry {
  const metrics = new Registry();
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** How long answers take, by the first part of the path: few values, whatever is asked for. */
export function requestMetrics(metrics: Registry, paths: readonly string[]): RequestHandler {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'path', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 60],
    registers: [metrics],
  });
  const known = new Set(paths);
  return (request, response, next) => {
    const stop = durations.startTimer();
    const first = `/${request.path.split('/', 2)[1] ?? ''}`;
    response.once('close', () => {
      stop({
        method: knownMethods.has(request.method) ? request.method : 'other',
        path: known.has(first) ? first : 'other',
        status: `${Math.floor(response.statusCode / 100)}xx`,
      });
    });
    next();
  };
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
