export { type FolderLock, lockFolder } from './database/folder-lock.js';
export { processStart } from './database/process-start.js';
export {
  accessHelp,
  type AccessSettings,
  accessSettings,
  accessStatus,
  accessVariables,
  type Authenticator,
  type AuditEntry,
  type AuditLog,
  auditMutations,
  type AuthenticatorOptions,
  checkDecisions,
  checkPath,
  checkRole,
  type CheckToken,
  type Decisions,
  fieldsOf,
  fitsDigest,
  guardSchema,
  type Identity,
  identityOf,
  includesRole,
  isRole,
  isUserName,
  listenHost,
  localIdentity,
  newToken,
  openAuthenticator,
  openToAll,
  readToken,
  requireRole,
  type Role,
  roles,
  secretDigest,
  unauthenticated,
  writeToken,
} from './access/index.js';
export { type ByteRange, type RangeRequest, readRange } from './bytes/byte-range-header.js';
export { type Bytes, type Refusal, sendBytes, type SendBytesOptions } from './bytes/send-bytes.js';
export { type BlobPlace, blobPlace, blobVariables } from './environment/blob-place.js';
export { readEnvironment } from './environment/read-environment.js';
export { defaultHost, flag, httpAddress, logLevel, milliseconds, port } from './environment/variables.js';
export {
  type ReferenceResolvers,
  type Representation,
  subgraphSdl,
  toSubgraph,
} from './graphql/federation.js';
export { limitAliases, limitDepth, type QueryLimits } from './graphql/limits.js';
export { hostCheck, hostGuard } from './http/host-guard.js';
export { type ProblemFacts, sendProblem } from './http/problem-body.js';
export { tracing } from './http/tracing.js';
export { createLogger, type Logger, type LoggerOptions } from './log/logger.js';
export { addProbes } from './probes/probes.js';
export { createMetrics, requestMetrics } from './probes/request-metrics.js';
export { listen, listenWith, urlOf } from './service/listen.js';
export type { RequestContext, Service, ServiceOptions } from './service/service.js';
export { startService } from './service/start-service.js';
export { drain } from './stop/drain.js';
export { firstStopSignal } from './stop/stop-signals.js';
export { boundedQueue, type BoundedQueue } from './subscriptions/bounded-queue.js';
export {
  openSignedUrls,
  type SignedUrls,
  type SignedUrlsOptions,
  type UrlProblem,
} from './urls/signed-urls.js';
export { currentTrace, inTrace, type Trace, traceOf } from './trace/trace.js';
