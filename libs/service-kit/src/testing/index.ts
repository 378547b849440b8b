export { crowding } from './crowding.js';
export { openMemoryDatabase } from './database/open-memory-database.js';
export { type RoleMatrix, roleMatrixOf } from '../access/testing/role-matrix.js';
export { startIssuer, testAudience, type TestIssuer } from '../access/testing/start-issuer.js';
export { findPostgres } from './postgres/find-postgres.js';
export { type PostgresServer, startPostgres } from './postgres/postgres-server.js';
export {
  overEventStream,
  overWebSocket,
  type Subscribe,
  type SubscribeOptions,
  type SubscriptionResult,
} from '../subscriptions/testing/subscribing.js';
