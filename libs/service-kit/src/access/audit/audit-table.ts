import { bigserial, jsonb, type PgSchema } from 'drizzle-orm/pg-core';
import { moment, text } from '../../database/columns.js';
import type { Identity } from '../identity.js';

/** The table of the audit log, in the namespace of a service. */
export function auditTable<Name extends string>(schema: PgSchema<Name>) {
  return schema.table('audit', {
    /** In the order in which they ended. */
    number: bigserial({ mode: 'number' }).primaryKey(),
    at: moment().notNull(),
    user: text().notNull(),
    role: text().$type<NonNullable<Identity['role']>>(),
    kind: text().$type<Identity['kind'] | 'unknown'>().notNull(),
    mutation: text().notNull(),
    arguments: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    outcome: text().notNull(),
    traceId: text().notNull(),
  });
}

export type AuditTable = ReturnType<typeof auditTable<string>>;
