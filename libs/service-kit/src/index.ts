export { readEnvironment } from './environment/read-environment.js';
export {
  defaultHost,
  flag,
  httpAddress,
  logLevel,
  loopbackHost,
  milliseconds,
  port,
} from './environment/variables.js';
export {
  type ReferenceResolvers,
  type Representation,
  subgraphSdl,
  toSubgraph,
} from './graphql/federation.js';
export { limitAliases, limitDepth, type QueryLimits } from './graphql/limits.js';
export { type ProblemFacts, sendProblem } from './http/problem-body.js';
export { createLogger, type Logger, type LoggerOptions } from './log/logger.js';
export { createMetrics } from './probes/request-metrics.js';
export type { RequestContext, Service, ServiceOptions } from './service/service.js';
export { startService } from './service/start-service.js';
export { firstStopSignal } from './stop/stop-signals.js';
export { boundedQueue, type BoundedQueue } from './subscriptions/bounded-queue.js';
export { currentTrace, inTrace, type Trace, traceOf } from './trace/trace.js';
