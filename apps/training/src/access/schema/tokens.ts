import type { Role } from '@moda/service-kit';
import { moment, text } from '@moda/service-kit/database';
import { index } from 'drizzle-orm/pg-core';
import { trainingSchema } from '../../runs/schema/training-schema.js';

/** Personal access tokens; of their secrets only what cannot be turned back. */
export const tokens = trainingSchema.table(
  'tokens',
  {
    id: text().primaryKey(),
    secretDigest: text().notNull(),
    user: text().notNull(),
    name: text().notNull(),
    role: text().$type<Role>().notNull(),
    createdAt: moment().notNull(),
    createdBy: text().notNull(),
    expiresAt: moment().notNull(),
    lastUsedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [index('tokens_user').on(table.user, table.createdAt)],
);
