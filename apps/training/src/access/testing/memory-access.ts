import { type AuditEntry, type AuditLog, createLogger } from '@moda/service-kit';
import { openAuditLog } from '@moda/service-kit/database';
import type { Database } from '@moda/service-kit/database';
import { audit } from '../schema/audit.js';
import { takeTokenOrders, type TokenOrders } from '../tokens/token-orders.js';
import { openTokenStore, type TokenStore } from '../tokens/token-store.js';

export interface AccessParts {
  readonly tokenStore: TokenStore;
  readonly tokens: TokenOrders;
  readonly audit: AuditLog;
}

/** Tokens and the audit log on a database of a test. */
export function accessOn(database: Database, clock: () => Date = () => new Date()): AccessParts {
  const tokenStore = openTokenStore(database, clock);
  const logger = createLogger({ service: 'test', level: 'silent' });
  return {
    tokenStore,
    tokens: takeTokenOrders(tokenStore, clock),
    audit: openAuditLog({ database, table: audit, logger, clock }),
  };
}

/** What was noted, the newest first. */
export async function noted(log: AuditLog): Promise<readonly AuditEntry[]> {
  return (await log.entries({ first: 100 })).items.map(({ item }) => item);
}
