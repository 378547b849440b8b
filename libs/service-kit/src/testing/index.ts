export { openMemoryDatabase } from './database/open-memory-database.js';
export { findPostgres } from './postgres/find-postgres.js';
export { type PostgresServer, startPostgres } from './postgres/postgres-server.js';
export {
  overEventStream,
  overWebSocket,
  type Subscribe,
  type SubscribeOptions,
  type SubscriptionResult,
} from '../subscriptions/testing/subscribing.js';
