import { createMetrics } from '@moda/service-kit';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { OnAsked } from '../subgraphs/ask.js';

export interface GatewayMetrics {
  readonly registry: Registry;
  answered(method: string, path: string, status: number, durationMs: number): void;
  readonly asked: OnAsked;
  /** Says how many subscriptions are open, whenever somebody asks. */
  countSubscriptions(count: () => number): void;
}

const buckets = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 60];
const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const paths = new Set(['/graphql', '/graphql/stream', '/healthz', '/readyz', '/metrics']);

export function createGatewayMetrics(): GatewayMetrics {
  const registry = createMetrics('gateway');
  const answers = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'path', 'status'],
    buckets,
    registers: [registry],
  });
  const questions = new Histogram({
    name: 'gateway_subgraph_duration_seconds',
    help: 'Time from a question to a service behind to the end of its answer.',
    labelNames: ['subgraph', 'outcome'],
    buckets,
    registers: [registry],
  });
  return {
    registry,
    answered(method, path, status, durationMs) {
      // Few values, whatever is asked for.
      const labels = {
        method: methods.has(method) ? method : 'other',
        path: paths.has(path) ? path : 'other',
        status: `${Math.floor(status / 100)}xx`,
      };
      answers.observe(labels, durationMs / 1_000);
    },
    asked: (subgraph, outcome, durationMs) => questions.observe({ subgraph, outcome }, durationMs / 1_000),
    countSubscriptions(count) {
      new Gauge({
        name: 'gateway_subscriptions_open',
        help: 'Subscriptions that are open.',
        registers: [registry],
        collect() {
          this.set(count());
        },
      });
    },
  };
}
