import { count, moment, text } from '@moda/service-kit/database';
import { date, index, uniqueIndex } from 'drizzle-orm/pg-core';
import { registrySchema } from './registry-schema.js';
import { versions } from './versions.js';

/** Who took weights, once per client, version and day. */
export const uses = registrySchema.table(
  'uses',
  {
    /** Of the clock of uses. */
    number: count().primaryKey(),
    versionId: text()
      .notNull()
      .references(() => versions.id),
    compositionId: text(),
    client: text().notNull(),
    /** In UTC. */
    day: date().notNull(),
    at: moment().notNull(),
  },
  (table) => [
    uniqueIndex('uses_once').on(table.versionId, table.client, table.day),
    index('uses_at').on(table.versionId, table.at),
  ],
);
