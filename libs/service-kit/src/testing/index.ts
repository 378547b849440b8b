export { findPostgres } from './postgres/find-postgres.js';
export { type PostgresServer, startPostgres } from './postgres/postgres-server.js';
